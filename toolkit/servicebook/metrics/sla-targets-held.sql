-- title: SLA targets held
-- title-zh: SLA 约定比例达标率
-- definition: Of the percentages agreed in SLAs whose window ended in the period (a month, a quarter, a half-year, a
--     year; rolling ones end with each month), the percentage of those that were held. Each target of an SLA version
--     counts once for each of its windows; an agreed availability is a target as well. A window in which fewer clocks
--     ended than the agreed minimum, or none, and one that is not over at the instant of the report is left out with
--     that reason.
-- definition-zh: 窗口（月、季、半年、年；滚动窗口于每月月末截止）在本期内结束的 SLA 约定比例中，达标的百分比。
--     SLA 版本中的每项目标按每个窗口各计一次，约定的可用率也是一项目标。窗口内结束的计时少于约定的最低数量或没有，
--     以及报告时点窗口尚未结束的，列明原因，不计入。
-- unit: percent
-- better: higher
-- aggregate: share
-- group: sla
-- clause: 8.3.3
-- source: For each target and window, the clocks whose outcome stood in the window (for availability the agreed time)
--     against the percentage that the SLA version agrees.
-- source-zh: 对每项目标和每个窗口，以结果在该窗口内确定的计时（可用性则为约定时间）与 SLA 版本约定的百分比对照。
SELECT
    sla AS id,
    held AS value,
    left_out,
    book,
    services,
    priority,
    kind,
    measure,
    sla,
    sla_version,
    "window"
FROM target
WHERE ended_at > $start AND ended_at <= $end
