-- title: SLA attainment
-- title-zh: SLA 达成率
-- definition: Of all the clocks of SLAs whose outcome stood in the period, the percentage that kept within their limit:
--     response, restoration, resolution, fulfilment and update, of incidents and service requests. Each clock weighs
--     the same, so a record under several targets counts once for each; grouped by measure the figure is that of one
--     promise. A limit that is kept stands when the clock stops, one that is missed when it passes, or when the clock
--     stops where the SLA says so. A record without a clock, or that the SLA releases, is left out with its reason,
--     once for each clock that it could have had. Clocks of supporting agreements are not counted, and availability,
--     which has no clock, is not in it.
-- definition-zh: 结果在本期内确定的全部 SLA 计时中，在规定时限内达成的百分比，
--     包括事件和服务请求的响应、恢复服务、解决、完成请求和进展通报。每个计时权重相同，一条记录有几项目标就计几次；
--     按 measure 分组即为各项承诺的数值。达成的以停表时刻为准，
--     未达成的以时限届满时刻为准（SLA 另有规定时以停表时刻为准）。没有计时或由 SLA 予以免除的记录，
--     按其本应有的每个计时各列一次原因，不计入。支持协议的计时不计，可用性没有计时，也不在其内。
-- unit: percent
-- better: higher
-- aggregate: share
-- group: sla
-- clause: 8.3.3
-- source: The clocks of each record, by the SLA version in force when the clock started: its targets, its calendar, its
--     pauses.
-- source-zh: 每条记录的计时，按计时开始时有效的 SLA 版本：其目标、服务日历和暂停规定。
SELECT
    id,
    met AS value,
    left_out,
    book,
    service,
    priority,
    category,
    channel,
    kind,
    request_type,
    measure,
    sla,
    sla_version,
    settled_month AS month
FROM timer
WHERE
    agreement IS NULL
    AND (met IS NOT NULL OR left_out IS NOT NULL)
    AND settled_at >= $start AND settled_at < $end
