-- title: SLA breaches
-- title-zh: SLA 超时
-- definition: Clocks of SLAs that missed their limit, in the period in which that stood: when the limit passed, or when
--     the clock stopped where the SLA says so. Every measure counts (response, restoration, resolution, fulfilment,
--     update), of incidents and service requests; a record that misses two targets counts twice. A record without a
--     clock cannot miss one: it is left out with its reason, once for each clock that it could have had. Clocks of
--     supporting agreements are not counted.
-- definition-zh: 未达成时限的 SLA 计时，计入其确定的那一期：时限届满之时，SLA 另有规定时为停表之时。
--     包括事件和服务请求的各项目标（响应、恢复服务、解决、完成请求、进展通报）；一条记录有两项未达成则计两次。
--     没有计时的记录无从超时，按其本应有的每个计时各列一次原因，不计入。支持协议的计时不计。
-- unit: clocks
-- better: lower
-- aggregate: count
-- group: sla
-- clause: 8.3.3
-- source: The clocks of each record, by the SLA version in force when the clock started.
-- source-zh: 每条记录的计时，按计时开始时有效的 SLA 版本。
SELECT
    id,
    1 AS value,
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
    AND (NOT met OR left_out IS NOT NULL)
    AND settled_at >= $start AND settled_at < $end
