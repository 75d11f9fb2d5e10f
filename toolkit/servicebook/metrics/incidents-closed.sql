-- title: Incidents closed
-- title-zh: 关闭事件
-- definition: Incidents whose last closing lies in the period. One that was reopened and is not closed again is not
--     counted, nor is one that was cancelled.
-- definition-zh: 最后一次关闭在本期内的事件。重新打开后尚未再次关闭的事件以及已取消的事件不计。
-- unit: incidents
-- better: neither
-- aggregate: count
-- group: incident
-- clause: 8.6.1
-- source: Counted from the last event “closed” of each incident's timeline.
-- source-zh: 按每个事件时间线上最后一次“关闭”活动计数。
SELECT
    id,
    1 AS value,
    NULL AS left_out,
    book,
    service,
    priority,
    category,
    channel,
    closed_month AS month
FROM incident
WHERE closed_at >= $start AND closed_at < $end
