-- title: Emergency change share
-- title-zh: 紧急变更比例
-- definition: Of the changes that were implemented or backed out in the period, the percentage of the category
--     emergency. A change without a category is left out. Rejected and cancelled changes are not looked at.
-- definition-zh: 本期内已实施或已回退的变更中，类别为紧急的百分比。没有类别的列明原因，不计入。
--     已驳回和已取消的变更不看。
-- unit: percent
-- better: lower
-- aggregate: share
-- group: change
-- clause: 8.5.1
-- source: The field “category” of each change, by the organisation's own change policy.
-- source-zh: 每项变更的“category”字段，按组织自己的变更政策划分。
SELECT
    id,
    category = 'emergency' AS value,
    CASE WHEN category IS NULL THEN 'no category' END AS left_out,
    book,
    service,
    category,
    type,
    risk,
    implemented_month AS month
FROM change
WHERE implemented_at >= $start AND implemented_at < $end
