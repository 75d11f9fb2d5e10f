-- title: Response rate
-- title-zh: 调查答复率
-- definition: Of those who were asked in the surveys that came in during the period, the percentage that answered. Each
--     person asked weighs the same. A survey in which more answered than were asked is left out: then others answered
--     too, and the sample cannot be told from them. Feedback that is no survey is not looked at.
-- definition-zh: 本期内收到的调查中，被抽中的人作出答复的百分比，每个被抽中的人权重相同。
--     答复多于抽样人数的调查列明原因，不计入：其中混有未被抽中的人，无从区分。调查以外的反馈不看。
-- unit: percent
-- better: higher
-- aggregate: ratio
-- group: feedback
-- clause: 8.3.2
-- source: The fields “survey.responses” and “survey.sampled” of feedback of the type survey, by the day it was
--     received.
-- source-zh: 调查类反馈的“survey.responses”和“survey.sampled”字段，按收到之日归期。
SELECT
    id,
    100 * responses AS value,
    sampled AS of,
    CASE WHEN responses > sampled THEN 'more answers than people asked' END AS left_out,
    book,
    service,
    customer,
    received_month AS month
FROM feedback
WHERE type = 'survey' AND received_at >= $start AND received_at < $end
