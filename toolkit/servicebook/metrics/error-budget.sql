-- title: Error budget used
-- title-zh: 错误预算消耗
-- definition: The downtime in the period in percent of what the agreed availability allows: agreed time times what the
--     target leaves to 100 percent, over each service, each availability that an SLA agrees for it, and each day up to
--     the instant of the report. Above 100 percent the target is missed over this period. In a period that is not over,
--     only the days so far allow anything. A day without agreed time, without a target, or under a target of 100
--     percent is left out.
-- definition-zh: 本期的不可用时间占约定可用率所允许时间的百分比：允许时间为约定服务时间乘以目标与 100% 之差，
--     按每个服务、SLA 为其约定的每项可用率和每一天（至报告时点）求和。超过 100% 即本期未达目标。本期未结束时，
--     只计已过去的日子。没有约定时间、没有目标或目标为 100% 的日子不计入。
-- unit: percent
-- better: lower
-- aggregate: ratio
-- group: availability
-- clause: 8.7.1
-- source: Known as the error budget and its burn. Ours is taken from the availability that the SLA agrees, in time and
--     not in requests.
-- source-zh: 通称错误预算及其消耗。此处取自 SLA 约定的可用率，按时间而非按请求数计算。
SELECT
    service AS id,
    100 * down_seconds AS value,
    allowed_seconds AS of,
    CASE
        WHEN left_out IS NOT NULL THEN left_out
        WHEN agreed_seconds = 0 THEN 'no agreed time that day'
        WHEN target IS NULL THEN 'no availability agreed'
        WHEN target >= 100 THEN 'no downtime is allowed'
    END AS left_out,
    book,
    service,
    sla,
    sla_version,
    number,
    day,
    month,
    outages
FROM availability
WHERE started_at >= $start AND started_at < $end
