-- title: Complaints closed in time
-- title-zh: 投诉按期关闭率
-- definition: Of the complaints whose promise stood in the period, the percentage that was closed by the end of the day
--     for which an answer was promised. A promise that is kept stands when the complaint is closed; one that is missed
--     stands when that day has passed, so a complaint left open is a miss. One that was reopened counts by its last
--     closing. A complaint for which no day was promised is left out when it is closed. Other feedback is not looked
--     at.
-- definition-zh: 承诺在本期内见分晓的投诉中，在承诺答复之日结束前关闭的百分比。守约的以关闭之时为准，
--     违约的以该日过去之时为准，因此一直未关闭的投诉算作违约。重新打开的以最后一次关闭为准。
--     没有承诺日期的投诉在关闭时列明原因，不计入。其他反馈不看。
-- unit: percent
-- better: higher
-- aggregate: share
-- group: feedback
-- clause: 8.3.2
-- source: The field “complaint.due” and the last event “closed” of feedback of the type complaint.
-- source-zh: 投诉类反馈的“complaint.due”字段和最后一次“关闭”活动。
WITH complaint AS (
    SELECT
        *,
        COALESCE(closed_at < due_at, FALSE) AS kept
    FROM feedback
    WHERE type = 'complaint'
)

SELECT
    id,
    kept AS value,
    CASE WHEN due_at IS NULL THEN 'no day promised' END AS left_out,
    book,
    service,
    customer
FROM complaint
WHERE
    ((kept OR due_at IS NULL) AND closed_at >= $start AND closed_at < $end)
    OR (NOT kept AND due_at <= $as_of AND due_at > $start AND due_at <= $end)
