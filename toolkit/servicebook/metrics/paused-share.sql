-- title: Paused share
-- title-zh: 暂停占比
-- definition: Of the time that clocks of SLAs would have counted without pauses, the percentage that pauses took off,
--     over the resolution and fulfilment clocks that stopped for good in the period. Only pauses that the SLA lets stop
--     the clock take time off, and only from hours that would have counted: a pause in closed hours takes off nothing.
--     A record under two SLAs has a clock for each. Clocks that still run are not counted; a record without a clock is
--     left out with its reason.
-- definition-zh: 本期内最终停表的解决与履行计时中，暂停扣除的时间占（计入时间加暂停时间）的百分比。
--     只有 SLA 允许停表的暂停才会扣除时间，且只从本应计入的时间中扣除：非工作时间内的暂停不扣。
--     两个 SLA 之下各有一个计时。仍在计时的不计；没有计时的记录列明原因，不计入。
-- unit: percent
-- better: lower
-- aggregate: ratio
-- group: sla
-- clause: 8.3.3
-- source: Seconds paused over seconds counted and paused, summed over the clocks. Response is left out of it, for a
--     pause seldom comes before it.
-- source-zh: 暂停秒数除以计入秒数与暂停秒数之和，对各计时求和。响应不在其内，因为响应之前很少有暂停。
SELECT
    id,
    100 * paused_seconds AS value,
    counted_seconds + paused_seconds AS of,
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
    sla_version
FROM timer
WHERE
    agreement IS NULL
    AND measure IN ('resolution', 'fulfilment')
    AND stopped_at >= $start AND stopped_at < $end
