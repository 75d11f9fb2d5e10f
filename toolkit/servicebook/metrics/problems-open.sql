-- title: Problems open
-- title-zh: 未解决问题
-- definition: Problems that are not resolved at the end of the period: registered, under investigation or known errors.
--     One that was reopened is counted; one that is resolved and waits to be closed is not, nor a cancelled one. Where
--     the period is not over, the instant of the report is its end.
-- definition-zh: 期末尚未解决的问题：已登记、调查中或已知错误。重新打开的计入；已解决待关闭的和已取消的不计。
--     本期未结束时，以报告时点为期末。
-- unit: problems
-- better: lower
-- aggregate: count
-- group: problem
-- clause: 8.6.3
-- source: Counted from the state of each problem's timeline at the end of the period.
-- source-zh: 按期末每个问题时间线的状态计数。
SELECT
    problem.id,
    1 AS value,
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
