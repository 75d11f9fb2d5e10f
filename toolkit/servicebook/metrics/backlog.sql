-- title: Backlog
-- title-zh: 未解决事件
-- definition: Incidents that wait for their solution at the end of the period: new, in progress or paused. One that is
--     resolved and waits to be closed is not counted; one that was reopened is. Where the period is not over, those
--     that are open at the instant of the report.
-- definition-zh: 期末仍待解决的事件：新建、处理中或暂停。已解决待关闭的不计，重新打开的计入。本期未结束时，
--     以报告时点为准。
-- unit: incidents
-- better: lower
-- aggregate: count
-- group: incident
-- clause: 8.6.1
-- source: Counted from the state of each incident's timeline at the end of the period.
-- source-zh: 按期末每个事件时间线的状态计数。
SELECT
    incident.id,
    1 AS value,
    NULL AS left_out,
    incident.book,
    incident.service,
    incident.priority,
    incident.category,
    incident.channel,
    state.state,
    incident.opened_month
FROM state
INNER JOIN incident ON state.book = incident.book AND state.id = incident.id
WHERE
    state.kind = 'incident'
    AND state.state IN ('new', 'in-progress', 'paused')
    AND state.started_at < $end
    AND (state.ended_at IS NULL OR state.ended_at >= $end)
