-- title: Failed changes investigated
-- title-zh: 失败变更的原因调查
-- definition: Of the changes that were implemented or backed out in the period and whose outcome is failed or
--     backed-out, the percentage of which the record says why, up to the instant of the report. One that succeeded, if
--     only in part, is not looked at; one without an outcome is left out.
-- definition-zh: 本期内已实施或已回退、结果为失败或已回退的变更中，（至报告时点）记录了原因调查的百分比。
--     成功和部分成功的变更不看；没有记录结果的列明原因，不计入。
-- unit: percent
-- better: higher
-- aggregate: share
-- group: change
-- clause: 8.5.1
-- source: The fields “outcome.result” and “outcome.investigation” of each change.
-- source-zh: 每项变更的“outcome.result”和“outcome.investigation”字段。
SELECT
    id,
    investigated AS value,
    CASE WHEN result IS NULL THEN 'no outcome recorded' END AS left_out,
    book,
    service,
    category,
    type,
    risk,
    result,
    implemented_month AS month
FROM change
WHERE
    (result IN ('failed', 'backed-out') OR result IS NULL)
    AND implemented_at >= $start AND implemented_at < $end
