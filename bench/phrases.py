"""The words of the generated incidents: sentences put together from parts, in English or in Chinese."""

from dataclasses import dataclass
from random import Random

SERVICES = (
    ("SVC-online-shop", ("shop-operations", "payment-team")),
    ("SVC-order-system", ("order-team", "database-team")),
    ("SVC-backup", ("infrastructure-team",)),
    ("SVC-player-community", ("community-team", "shop-operations")),
    ("SVC-warehouse-scanners", ("store-systems", "network-team")),
    ("SVC-till", ("store-systems", "payment-team")),
    ("SVC-office-network", ("network-team",)),
    ("SVC-mail", ("infrastructure-team",)),
)
CATEGORIES = (
    "payment", "login", "search", "delivery", "printing", "network", "database", "backup", "hardware",
    "account", "stock",
)  # fmt: skip
PAUSE_CODES = ("waiting-for-customer", "waiting-for-supplier", "waiting-for-parts", "planned-for-maintenance")

THINGS = (
    "payment page", "basket", "product search", "order export", "nightly backup", "forum login", "hand scanner",
    "receipt printer", "stock count", "mail gateway", "delivery note", "voucher check", "price update",
    "customer account", "till", "wireless network", "image upload", "invoice run", "returns form",
    "label printer",
)  # fmt: skip
FAULTS = (
    "times out", "answers very slowly", "shows an empty page", "refuses every second request",
    "loses the last entry", "prints the wrong date", "repeats the same order", "asks for the password again",
    "stays at ninety percent", "does not start", "cuts off long names", "rounds the amount wrongly",
    "forgets the chosen language", "reports no space left",
)  # fmt: skip
WHERE = (
    "in the Utrecht shop", "at the north warehouse", "on the new tills", "for customers abroad",
    "on mobile phones", "at head office", "in the evening peak", "after the update", "since the move",
    "for gift orders", "on the second line", "in the web archive",
)  # fmt: skip
EFFECTS = (
    "Staff write the orders on paper and type them in later",
    "Nobody can finish the sale without calling the desk",
    "The queue at the counter grows to {n} people",
    "About {n} orders wait and the courier leaves at five: no parcel goes out",
    "One customer in {n} gives up",
    "The shelf count is {n} off, and \"sold out\" is shown for goods that are there",
    "It began at the {n}th attempt and has not stopped",
    "Counter #{n} goes on, but slowly: every step takes half a minute",
)  # fmt: skip
FOUND = (
    "The log shows {n} refused connections in a minute.",
    "Restarted the service; memory fell from {n} percent to a third.",
    "The supplier confirms the fault under their number {n}.",
    "Certificate of node {n} had run out: renewed.",
    "Tried with another account, same result after {n} seconds.",
    "Disk {n} is full, old exports moved away.",
    "The reporter was called back and will try again at table {n}.",
    "Configuration of yesterday put back, {n} sessions ended.",
    "No change at {n} of the affected places yet: watching it.",
    "Query plan had changed; index rebuilt over {n} thousand rows.",
)  # fmt: skip
LESSONS = (
    "Alarm at {n} percent instead of at the limit, so that there is a day to act.",
    "The expiry date of certificate {n} belongs in the calendar of the team, not in one head.",
    "Rehearse the way back before update {n}.",
    "Step {n} of the checklist could not be followed as written; it was rewritten.",
)

ZH_THINGS = (
    "支付页面", "购物车", "订单导出", "夜间备份", "论坛登录", "扫描枪", "小票打印机", "库存盘点", "发票程序",
    "退货表单",
)  # fmt: skip
ZH_FAULTS = (
    "超时", "响应很慢", "显示空白页", "丢失最后一条记录", "重复下单", "无法启动", "反复要求输入密码",
    "提示空间不足",
)  # fmt: skip
ZH_WHERE = (
    "在深圳仓库", "在晚高峰时段", "更新之后", "对海外客户", "在新收银机上", "在总部办公室",
)  # fmt: skip
ZH_EFFECTS = (
    "大约 {n} 个订单在等待处理。", "店员先在纸上记录,之后再补录 {n} 条。", "每 {n} 位客户就有一位放弃。",
    "从第 {n} 次尝试开始一直如此。",
)  # fmt: skip
ZH_FOUND = (
    "日志显示一分钟内有 {n} 次连接被拒绝。", "重启服务后内存占用下降到 {n}%。", "供应商已确认,单号 {n}。",
    "节点 {n} 的证书已过期,已更新。",
)  # fmt: skip
ZH_LESSONS = (
    "告警阈值改为 {n}%,留出一天的处理时间。", "检查表第 {n} 步已重写。",
)  # fmt: skip


@dataclass
class Story:
    """The sentences of one incident."""

    random: Random
    chinese: bool

    def __post_init__(self) -> None:
        things, faults, places = (ZH_THINGS, ZH_FAULTS, ZH_WHERE) if self.chinese else (THINGS, FAULTS, WHERE)
        self.thing, self.fault, self.place = (self.random.choice(words) for words in (things, faults, places))

    def title(self) -> str:
        """What is wrong, in a line."""
        if self.chinese:
            return f"{self.place}{self.thing}{self.fault}"
        return f"{self.thing.capitalize()} {self.fault} {self.place}"

    def description(self) -> str:
        """Three to five lines."""
        if self.chinese:
            first = f"{self.thing}{self.fault},地点与时间:{self.place},第 {self.random.randrange(1, 999)} 号设备。"
            return "\n".join([first, *self._some(ZH_EFFECTS, 2, 3)]) + "\n"
        first = f"The {self.thing} {self.fault} {self.place}, seen at position {self.random.randrange(1, 999)}."
        return "\n".join([first, *(f"{line}." for line in self._some(EFFECTS, 2, 4))]) + "\n"

    def note(self) -> str:
        """One sentence of somebody at work on it."""
        return self._some(ZH_FOUND if self.chinese else FOUND, 1, 1)[0]

    def resolution(self) -> str:
        """What was done in the end."""
        return " ".join(self._some(ZH_FOUND if self.chinese else FOUND, 2, 2))

    def lesson(self) -> str:
        """What we would do otherwise next time."""
        return self._some(ZH_LESSONS if self.chinese else LESSONS, 1, 1)[0]

    def _some(self, sentences: tuple[str, ...], least: int, most: int) -> list[str]:
        chosen = self.random.sample(sentences, self.random.randint(least, most))
        return [sentence.format(n=self.random.randrange(2, 990)) for sentence in chosen]
