-- title: Incidents caused by changes
-- title-zh: 变更引发的事件
-- definition: For the changes that were implemented or backed out in the period: the incidents each has caused up to
--     the instant of the report, in sum and for each change. An incident counts once for a change, whether it names the
--     change, the change's review names it, or both; an incident that two changes claim counts for both. It counts in
--     the period of the change, not in that in which the incident was opened.
-- definition-zh: 本期内已实施或已回退的变更（至报告时点）引发的事件：总数及每项变更的平均数。
--     无论是事件指向变更、变更的评审列出事件还是两者皆有，对一项变更只计一次；两项变更都列出的事件各计一次。
--     计入变更实施的那一期，而非事件登记的那一期。
-- unit: incidents
-- better: lower
-- aggregate: sum, mean
-- group: change
-- clause: 8.5.1
-- source: The field “caused_by” of each incident and the field “review.incidents_caused” of each change.
-- source-zh: 每个事件的“caused_by”字段和每项变更的“review.incidents_caused”字段。
SELECT
    id,
    incidents_caused AS value,
    NULL AS left_out,
    book,
    service,
    category,
    type,
    risk,
    result,
    implemented_month AS month
FROM change
WHERE implemented_at >= $start AND implemented_at < $end
