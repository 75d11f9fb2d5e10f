-- title: Change success
-- title-zh: 变更成功率
-- definition: Of the changes that were implemented or backed out in the period, the percentage whose outcome is
--     recorded as success. One that succeeded in part, failed or was backed out is none. Without an outcome a change is
--     left out. Whether it caused incidents does not matter here. Rejected and cancelled changes are not looked at.
-- definition-zh: 本期内已实施或已回退的变更中，结果记录为成功的百分比。部分成功、失败和已回退均不算成功。
--     没有记录结果的列明原因，不计入。是否引发事件在此不论。已驳回和已取消的变更不看。
-- unit: percent
-- better: higher
-- aggregate: share
-- group: change
-- clause: 8.5.1
-- source: The field “outcome.result” of each change. DORA's change failure rate is the other side of it, but asks
--     whether service suffered afterwards; see incidents-caused-by-changes.
-- source-zh: 每项变更的“outcome.result”字段。DORA 的变更失败率是其反面，但问的是此后服务是否受损；
--     参见 incidents-caused-by-changes。
SELECT
    id,
    result = 'success' AS value,
    CASE WHEN result IS NULL THEN 'no outcome recorded' END AS left_out,
    book,
    service,
    category,
    type,
    risk,
    result,
    implemented_month AS month
FROM change
WHERE implemented_at >= $start AND implemented_at < $end
