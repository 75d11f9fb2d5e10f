-- title: Age of open problems
-- title-zh: 未解决问题的时长
-- definition: For each problem that is not resolved at the end of the period (registered, under investigation or known
--     error): the time since it was opened. One that was reopened counts from its first opening. Where the period is
--     not over, the instant of the report is its end. Resolved, closed and cancelled ones are not counted.
-- definition-zh: 期末尚未解决（已登记、调查中或已知错误）的每个问题自登记以来的时间。重新打开的从首次登记算起。
--     本期未结束时，以报告时点为期末。已解决、已关闭和已取消的不计。
-- unit: days
-- better: lower
-- aggregate: median, p90, max
-- group: problem
-- clause: 8.6.3
-- source: From the event “opened” of each open problem to the end of the period. A day is 24 hours.
-- source-zh: 从每个未解决问题的“登记”活动到期末。一天按 24 小时计。
SELECT
    problem.id,
    CAST(date_diff('second', problem.opened_at, LEAST($as_of, $end)) AS DOUBLE) / 86400 AS value,
    NULL AS left_out,
    problem.book,
    problem.service,
    problem.source,
    problem.category,
    problem.impact,
    problem.urgency,
    state.state,
    problem.opened_month
FROM state
INNER JOIN problem ON state.book = problem.book AND state.id = problem.id
WHERE
    state.kind = 'problem'
    AND state.state IN ('open', 'investigating', 'known-error')
    AND state.started_at < $end
    AND (state.ended_at IS NULL OR state.ended_at >= $end)
