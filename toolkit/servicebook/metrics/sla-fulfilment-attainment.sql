-- title: SLA fulfilment attainment
-- title-zh: SLA 请求履行达成率
-- definition: Of the fulfilment clocks of service requests whose outcome stood in the period, the percentage that kept
--     within their limit. A request has a clock for each fulfilment target that an SLA of its service sets for its
--     priority and type. A limit that is kept stands when the clock stops; one that is missed stands when it passes, so
--     that a request left open is a miss in the period in which its limit passed, and each clock is counted once.
--     Exactly on the limit is met, unless the SLA says otherwise; so is when a miss stands. A request without a clock,
--     one that was rejected or cancelled, and one that the SLA releases is left out with its reason, in the period in
--     which it ended.
-- definition-zh: 结果在本期内确定的服务请求履行计时中，在规定时限内达成的百分比。
--     服务的每个 SLA 为请求的优先级和类型规定的每项履行目标各有一个计时。达成的以停表时刻为准，
--     未达成的以时限届满时刻为准，因此每个计时只计一次；恰好等于时限视为达成（SLA 另有规定的除外，
--     未达成何时确定亦同）。没有计时、被拒绝或取消、由 SLA 予以免除的请求列明原因，不计入，归入其结束的那一期。
-- unit: percent
-- better: higher
-- aggregate: share
-- group: request
-- agreed: fulfilment
-- kind: service-request
-- clause: 8.6.2
-- source: The clocks of each service request, by the SLA version in force when the clock started: its targets, its
--     calendar, its pauses.
-- source-zh: 每个服务请求的计时，按计时开始时有效的 SLA 版本：其目标、服务日历和暂停规定。
SELECT
    id,
    met AS value,
    left_out,
    book,
    service,
    priority,
    channel,
    request_type,
    sla,
    sla_version,
    settled_month AS month
FROM timer
WHERE
    measure = 'fulfilment'
    AND kind = 'service-request'
    AND agreement IS NULL
    AND (met IS NOT NULL OR left_out IS NOT NULL)
    AND settled_at >= $start AND settled_at < $end
