-- title: Major incidents
-- title-zh: 重大事件数
-- definition: Incidents opened in the period that are major: the event major-declared has come, or the record has the
--     part major. It counts in the period in which the incident was opened, whenever it was declared. One that was
--     cancelled is left out.
-- definition-zh: 本期内登记的重大事件：已有“宣布重大事件”活动，或记录含有重大事件部分。无论何时宣布，
--     均计入事件登记的那一期；已取消的列明原因，不计入。
-- unit: incidents
-- better: lower
-- aggregate: count
-- group: incident
-- clause: 8.6.1
-- source: Counted from the event “major-declared” and the field “major” of each incident.
-- source-zh: 按每个事件的“宣布重大事件”活动和“major”字段计数。
SELECT
    id,
    1 AS value,
    CASE WHEN status = 'cancelled' THEN 'cancelled' END AS left_out,
    book,
    service,
    priority,
    category,
    channel,
    opened_month AS month
FROM incident
WHERE major AND opened_at >= $start AND opened_at < $end
