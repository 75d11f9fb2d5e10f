-- title: SLA resolution attainment
-- title-zh: SLA 解决达成率
-- definition: Of the incidents whose outcome stood in the period, the percentage resolved within the limit that the
--     SLA sets for their priority. A limit that is kept stands when the clock stops; one that is missed stands when
--     it passes, so that an incident left open is a miss in the period in which its limit passed, and each is
--     counted once. Exactly on the limit is met. An incident without a clock is left out with its reason, in the
--     period in which it ended.
-- definition-zh: 结果在本期内确定的事件中，在 SLA 为其优先级规定的时限内达成的百分比。达成的以停表时刻为准，
--     未达成的以时限届满时刻为准，因此每个事件只计一次；恰好等于时限视为达成。没有计时的事件列明原因，不计入。
-- unit: percent
-- better: higher
-- aggregate: share
-- clause: 8.3.3
-- source: The SLA version in force when the incident was opened: its targets, its calendar, its pauses.
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
