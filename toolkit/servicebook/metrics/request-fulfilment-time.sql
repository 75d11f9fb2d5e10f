-- title: Request fulfilment time
-- title-zh: 请求履行时间
-- definition: For the service requests that were fulfilled for good in the period: the time since they were opened.
--     Every hour counts, also at night, while work was paused and while an approval was awaited. One that was reopened
--     counts from its opening to its last fulfilment. Rejected and cancelled requests are not looked at.
-- definition-zh: 本期内最终履行的服务请求自登记以来的时间，每个小时都计入，夜间、暂停和等待审批的时间也在内。
--     重新打开的从登记计到最后一次履行。已拒绝和已取消的请求不看。
-- unit: hours
-- better: lower
-- aggregate: mean, median, p90
-- group: request
-- clause: 8.6.2
-- source: From the event “opened” to the last “fulfilled” of each request's timeline.
-- source-zh: 从每个服务请求时间线的“登记”活动到最后一次“履行”。
SELECT
    id,
    CAST(fulfil_seconds AS DOUBLE) / 3600 AS value,
    NULL AS left_out,
    book,
    service,
    request_type,
    priority,
    channel,
    fulfilled_month AS month
FROM request
WHERE fulfilled_at >= $start AND fulfilled_at < $end
