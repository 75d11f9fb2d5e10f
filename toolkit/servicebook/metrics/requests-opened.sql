-- title: Service requests opened
-- title-zh: 新增服务请求
-- definition: Service requests that were opened in the period, also those that were rejected or cancelled later.
-- definition-zh: 本期内登记的服务请求，包括后来被拒绝或取消的请求。
-- unit: requests
-- better: neither
-- aggregate: count
-- group: request
-- clause: 8.6.2
-- source: Counted from the event “opened” of each request's timeline.
-- source-zh: 按每个服务请求时间线上的“登记”活动计数。
SELECT
    id,
    1 AS value,
    NULL AS left_out,
    book,
    service,
    request_type,
    priority,
    channel,
    opened_month AS month
FROM request
WHERE opened_at >= $start AND opened_at < $end
