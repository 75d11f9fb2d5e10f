-- title: Reassigned share
-- title-zh: 转派比例
-- definition: Of the incidents that were resolved for the first time in the period, the percentage that was assigned
--     again after the first time, up to the instant of the report, to whomever. One that was assigned once or never
--     counts as not reassigned.
-- definition-zh: 本期内首次解决的事件中，首次分派之后（至报告时点）又被分派的百分比，无论分派给谁。
--     只分派一次或从未分派的，视为未转派。
-- unit: percent
-- better: lower
-- aggregate: share
-- group: incident
-- clause: 8.6.1
-- source: Counted from the events “assigned” of each incident's timeline.
-- source-zh: 按每个事件时间线上的“分派”活动计数。
SELECT
    id,
    reassigned > 0 AS value,
    NULL AS left_out,
    book,
    service,
    priority,
    category,
    channel,
    first_resolved_month AS month
FROM incident
WHERE first_resolved_at >= $start AND first_resolved_at < $end
