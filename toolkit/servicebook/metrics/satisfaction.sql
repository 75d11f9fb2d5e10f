-- title: Satisfaction
-- title-zh: 满意率
-- definition: Of the answers to the surveys that came in during the period, the percentage that was favourable. Each
--     answer weighs the same, so a large survey weighs more than a small one. What is favourable each survey says
--     itself, by its scale. A survey that does not say how many answered favourably, or that nobody answered, is left
--     out. It stands for all who could have been asked as far as the sample does. Complaints and compliments are not
--     counted.
-- definition-zh: 本期内收到的满意度调查答复中，持肯定看法的百分比。每份答复权重相同，因此大调查比小调查权重大。
--     何为肯定由各调查按其量表确定。没有给出肯定答复数或无人答复的调查列明原因，不计入。数值能否代表全体，取决于样本。
--     投诉和表扬不计。
-- unit: percent
-- better: higher
-- aggregate: ratio
-- group: feedback
-- estimates: share
-- clause: 8.3.2
-- source: The fields “survey.favourable” and “survey.responses” of feedback of the type survey, by the day it was
--     received.
-- source-zh: 调查类反馈的“survey.favourable”和“survey.responses”字段，按收到之日归期。
SELECT
    id,
    100 * favourable AS value,
    responses AS of,
    population,
    sampled,
    CASE
        WHEN responses = 0 THEN 'nobody answered'
        WHEN favourable IS NULL THEN 'no count of favourable answers'
    END AS left_out,
    book,
    service,
    customer,
    received_month AS month
FROM feedback
WHERE type = 'survey' AND received_at >= $start AND received_at < $end
