-- title: Known errors without workaround
-- title-zh: 无临时措施的已知错误
-- definition: Of the known errors that are not resolved at the end of the period, how many have no workaround written
--     down. A problem is a known error from the event known-error on, until it is resolved, also while it is looked
--     into once more. When a workaround was written is not recorded, so what the record says now goes for every period.
--     Problems that are no known error are not looked at.
-- definition-zh: 期末尚未解决的已知错误中，没有记录临时措施的数量。问题自“确认为已知错误”起、至解决为止属于已知错误，
--     期间再次调查也不变。临时措施何时写入没有记录，因此各期均以记录目前的内容为准。不属于已知错误的问题不看。
-- unit: problems
-- better: lower
-- aggregate: sum
-- group: problem
-- clause: 8.6.3
-- source: The event “known-error” and the field “known_error.workaround” of each problem. Each known error has the
--     value 1 without a workaround and 0 with one, so the records behind the figure are all known errors.
-- source-zh: 每个问题的“确认为已知错误”活动和“known_error.workaround”字段。没有临时措施的已知错误取值 1，
--     有的取值 0，因此数字背后的记录为全部已知错误。
SELECT
    problem.id,
    CASE WHEN problem.workaround THEN 0 ELSE 1 END AS value,
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
    AND problem.known_error_at < $end
