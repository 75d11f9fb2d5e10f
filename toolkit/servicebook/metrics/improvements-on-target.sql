-- title: Improvements on target
-- title-zh: 改进达标率
-- definition: Of the targets of improvements that fell due in the period, the percentage whose latest result is
--     recorded as met. Each target counts once, so an improvement with two targets counts twice. A target that was not
--     measured is left out, and says so; so is one that is not due at the instant of the report, one of an improvement
--     that was rejected, deferred, cancelled or not yet approved, and, in the period in which it was done, an
--     improvement without a target.
-- definition-zh: 在本期内到期的改进目标值中，最近一次结果记录为达成的百分比。每项目标值各计一次，
--     一项改进有两个目标值则计两次。未衡量的、报告时点尚未到期的、所属改进被拒绝、推迟、取消或尚未批准的，列明原因，
--     不计入；没有目标值的改进在完成的那一期列明原因，不计入。
-- unit: percent
-- better: higher
-- aggregate: share
-- group: improvement
-- clause: 10.2
-- source: The fields “targets” and “results” of each improvement; whether a result meets its target is as recorded.
-- source-zh: 每项改进的“targets”和“results”字段；结果是否达成目标以记录为准。
SELECT
    id,
    met AS value,
    CASE
        WHEN status IN ('rejected', 'deferred', 'cancelled') THEN status
        WHEN status = 'proposed' THEN 'not approved yet'
        WHEN target IS NULL THEN 'no target set'
        WHEN due_at > $as_of THEN 'not due yet'
        WHEN met IS NULL THEN 'not measured'
    END AS left_out,
    book,
    service,
    source,
    owner,
    area,
    measure,
    metric,
    COALESCE(due_month, done_month) AS month
FROM improvement
WHERE
    (due_at > $start AND due_at <= $end)
    OR (target IS NULL AND done_at >= $start AND done_at < $end)
