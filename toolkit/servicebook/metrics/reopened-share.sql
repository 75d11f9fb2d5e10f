-- title: Reopened share
-- title-zh: 重新打开比例
-- definition: Of the incidents that were resolved for the first time in the period, the percentage that was reopened
--     afterwards, up to the instant of the report.
-- definition-zh: 本期内首次解决的事件中，后来（至报告时点）被重新打开的百分比。
-- unit: percent
-- better: lower
-- aggregate: share
-- group: incident
-- clause: 8.6.1
-- source: Counted from the events “resolved” and “reopened” of each incident's timeline.
-- source-zh: 按每个事件时间线上的“解决”和“重新打开”活动计数。
SELECT
    id,
    reopened > 0 AS value,
    NULL AS left_out,
    book,
    service,
    priority,
    category,
    channel,
    first_resolved_month AS month
FROM incident
WHERE first_resolved_at >= $start AND first_resolved_at < $end
