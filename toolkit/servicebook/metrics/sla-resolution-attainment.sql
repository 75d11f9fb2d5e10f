-- title: SLA resolution attainment
-- title-zh: SLA 解决达成率
-- definition: Of the resolution clocks whose outcome stood in the period, the percentage that kept within their limit.
--     An incident has a clock for each resolution target that an SLA of its service sets for its priority: usually one,
--     under two SLAs two. A limit that is kept stands when the clock stops; one that is missed stands when it passes,
--     so that an incident left open is a miss in the period in which its limit passed, and each clock is counted
--     once. Exactly on the limit is met. An incident without a clock is left out with its reason, in the period in
--     which it ended.
-- definition-zh: 结果在本期内确定的解决计时中，在规定时限内达成的百分比。服务的每个 SLA 为事件优先级规定的每项解决目标各有一个计时：
--     通常一个，两个 SLA 则两个。达成的以停表时刻为准，未达成的以时限届满时刻为准，因此每个计时只计一次；
--     恰好等于时限视为达成。没有计时的事件列明原因，不计入。
-- unit: percent
-- better: higher
-- aggregate: share
-- clause: 8.3.3
-- source: The clocks of each incident, by the SLA version in force when it was opened: its targets, its calendar, its
--     pauses.
SELECT
    id,
    met AS value,
    left_out,
    service,
    priority,
    category,
    channel,
    sla,
    sla_version,
    settled_month AS month
FROM timer
WHERE
    measure = 'resolution'
    AND (met IS NOT NULL OR left_out IS NOT NULL)
    AND settled_at >= $start AND settled_at < $end
