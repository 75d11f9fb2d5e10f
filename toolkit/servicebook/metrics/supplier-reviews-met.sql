-- title: Supplier reviews met
-- title-zh: 供应商评审达标率
-- definition: Of the performance reviews of suppliers held in the period, the percentage that found the targets met.
--     Each review counts once, so a supplier reviewed each month weighs more than one reviewed each year. A review
--     without a verdict is left out.
-- definition-zh: 本期内进行的供应商绩效评审中，结论为达标的百分比。每次评审各计一次，
--     因此每月评审的供应商比每年评审的权重大。没有结论的评审列明原因，不计入。
-- unit: percent
-- better: higher
-- aggregate: share
-- group: supplier
-- clause: 8.3.4
-- source: The fields “on” and “met” of the reviews in each supplier's record: the judgement of whoever reviewed.
-- source-zh: 每个供应商记录中各次评审的“on”和“met”字段：即评审人的判断。
SELECT
    id,
    met AS value,
    CASE WHEN met IS NULL THEN 'no verdict' END AS left_out,
    book,
    id AS supplier,
    services,
    reviewed_month AS month
FROM supplier
WHERE reviewed_at >= $start AND reviewed_at < $end
