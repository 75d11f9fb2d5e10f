-- title: Incidents per problem
-- title-zh: 每个问题的事件数
-- definition: For the problems opened in the period: how many incidents each stands behind, up to the instant of the
--     report. An incident counts once, whether it names the problem, the problem names it, or both. A problem without
--     an incident counts with 0. One that was cancelled is left out.
-- definition-zh: 本期内登记的每个问题背后的事件数（至报告时点）。无论是事件指向问题、问题列出事件还是两者皆有，
--     每个事件只计一次。没有事件的问题按 0 计；已取消的列明原因，不计入。
-- unit: incidents
-- better: neither
-- aggregate: mean, max
-- group: problem
-- clause: 8.6.3
-- source: The field “incidents” of each problem and the field “problem” of each incident.
-- source-zh: 每个问题的“incidents”字段和每个事件的“problem”字段。
SELECT
    id,
    incidents AS value,
    CASE WHEN status = 'cancelled' THEN 'cancelled' END AS left_out,
    book,
    service,
    source,
    category,
    impact,
    urgency,
    opened_month AS month
FROM problem
WHERE opened_at >= $start AND opened_at < $end
