-- title: Age of the backlog
-- title-zh: 未解决事件的时长
-- definition: For each incident that waits for its solution at the end of the period (new, in progress or paused): the
--     time since it was opened. Every hour counts, also at night and while work was paused; one that was reopened
--     counts from its first opening. Where the period is not over, the instant of the report is its end. One that is
--     resolved and waits to be closed is not counted.
-- definition-zh: 期末仍待解决（新建、处理中或暂停）的每个事件自登记以来的时间。夜间与暂停期间均计入；
--     重新打开的事件从首次登记算起。本期未结束时，以报告时点为期末。已解决待关闭的事件不计。
-- unit: days
-- better: lower
-- aggregate: median, p90, max
-- group: incident
-- clause: 8.6.1
-- source: From the event “opened” of each incident in the backlog to the end of the period. A day is 24 hours.
-- source-zh: 从积压中每个事件的“登记”活动到期末。一天按 24 小时计。
SELECT
    incident.id,
    CAST(date_diff('second', incident.opened_at, LEAST($as_of, $end)) AS DOUBLE) / 86400 AS value,
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
