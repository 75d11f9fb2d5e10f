-- title: Incidents opened
-- title-zh: 新增事件
-- definition: Incidents that were opened in the period, also those that were cancelled later.
-- definition-zh: 本期内登记的事件，包括后来取消的事件。
-- unit: incidents
-- better: neither
-- aggregate: count
-- group: incident
-- clause: 8.6.1
-- source: Counted from the event “opened” of each incident's timeline.
-- source-zh: 按每个事件时间线上的“登记”活动计数。
SELECT
    id,
    1 AS value,
    NULL AS left_out,
    book,
    service,
    priority,
    category,
    channel,
    opened_month AS month
FROM incident
WHERE opened_at >= $start AND opened_at < $end
