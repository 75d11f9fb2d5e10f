-- title: Time to respond
-- title-zh: 响应时间
-- definition: For incidents that somebody first began to work on in the period (the first event responded): the time
--     since they were opened. Every hour counts, also at night. One that was resolved before anybody had responded is
--     left out, in the period in which it was first resolved; the clock of an SLA takes that resolution as the
--     response. One that nobody has responded to yet is in no period.
-- definition-zh: 本期内首次响应（第一次“响应”）的事件：自登记到响应的时间，夜间也计入。响应之前就已解决的事件列明原因，
--     不计入，归入首次解决的那一期；SLA 计时则以该次解决作为响应。尚无人响应的事件不属于任何一期。
-- unit: minutes
-- better: lower
-- aggregate: mean, median, p90
-- group: incident
-- clause: 8.6.1
-- source: From the event “opened” to the first “responded” of each timeline. The mean is known as mean time to
--     acknowledge (MTTA), which some count from the alarm; here it begins when the incident was opened.
-- source-zh: 从每条时间线的“登记”活动到首次“响应”。其均值通称平均确认时间（MTTA），有的从告警算起；
--     此处从事件登记算起。
WITH begun AS (
    SELECT
        *,
        COALESCE(first_resolved_at < responded_at OR responded_at IS NULL, FALSE) AS unanswered
    FROM incident
)

SELECT
    id,
    CAST(respond_seconds AS DOUBLE) / 60 AS value,
    CASE WHEN unanswered THEN 'resolved before anybody responded' END AS left_out,
    book,
    service,
    priority,
    category,
    channel,
    CASE WHEN unanswered THEN first_resolved_month ELSE responded_month END AS month
FROM begun
WHERE
    CASE WHEN unanswered THEN first_resolved_at ELSE responded_at END >= $start
    AND CASE WHEN unanswered THEN first_resolved_at ELSE responded_at END < $end
