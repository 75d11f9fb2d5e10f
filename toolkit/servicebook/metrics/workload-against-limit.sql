-- title: Workload against the limit
-- title-zh: 工作量与约定上限
-- definition: For each workload limit that an SLA sets in numbers, and each of its windows (a calendar month, quarter,
--     half-year or year) that ends in the period and in which something was opened under it: the incidents or service
--     requests opened in it, in percent of the limit. The figure is the highest. Above 100 percent the SLA releases the
--     cases beyond the limit from its targets. A window that is not over counts as far as it has come. Limits in words
--     alone are not counted.
-- definition-zh: 对 SLA 以数字约定的每项工作量上限及其在本期内结束、且有登记的每个窗口（自然月、季、半年、年）：
--     窗口内登记的事件或服务请求占上限的百分比，取其中最高者。超过 100% 的，超出部分由 SLA 免除目标。
--     尚未结束的窗口按已有数量计。只有文字的上限不计。
-- unit: percent
-- better: neither
-- aggregate: max
-- group: sla
-- clause: 8.3.3
-- source: The workload limits of the SLA version in force, and the records opened for its services, of the priority
--     where the limit names one.
-- source-zh: 有效的 SLA 版本的工作量上限，以及为其服务登记的记录；上限指明优先级的，只计该优先级。
SELECT
    sla AS id,
    100 * CAST(counted AS DOUBLE) / NULLIF(limit_count, 0) AS value,
    CASE WHEN limit_count = 0 THEN 'the limit is 0' END AS left_out,
    book,
    priority,
    kind,
    sla,
    sla_version,
    "window"
FROM workload
WHERE limit_count IS NOT NULL AND ended_at > $start AND ended_at <= $end
