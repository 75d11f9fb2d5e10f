-- title: Availability
-- title-zh: 可用率
-- definition: Of the time agreed for the services in the period, the percentage in which they were up, over each
--     service, each availability that an SLA agrees for it, and each day up to the instant of the report. Outages at
--     the same time count once, at the greatest share lost. Whether degraded service, maintenance announced in time and
--     services it depends on count follows from the SLA version in force that day: maintenance that may be taken out is
--     neither up nor down. A service without an agreed availability is measured around the clock. A day without agreed
--     time is left out.
-- definition-zh: 本期（至报告时点）内约定服务时间中服务可用的百分比，按每个服务、SLA 为其约定的每项可用率和每一天计算。
--     同时发生的中断只计一次，取损失比例最大者。性能下降、按时通知的维护以及所依赖的服务是否计入，
--     以当日有效的 SLA 版本为准：可扣除的维护既不算可用，也不算不可用。没有约定可用率的服务按全天候计算。
--     没有约定时间的日子不计入。
-- unit: percent
-- better: higher
-- aggregate: ratio
-- group: availability
-- agreed: availability
-- clause: 8.7.1
-- source: The outages of the book against the agreed hours of each SLA version. Seconds up over seconds agreed.
-- source-zh: 本册的中断记录与各 SLA 版本的约定时间对照。可用秒数除以约定秒数。
SELECT
    service AS id,
    100 * (agreed_seconds - down_seconds) AS value,
    agreed_seconds AS of,
    CASE WHEN left_out IS NOT NULL THEN left_out WHEN agreed_seconds = 0 THEN 'no agreed time that day' END AS left_out,
    book,
    service,
    sla,
    sla_version,
    number,
    day,
    month,
    outages
FROM availability
WHERE started_at >= $start AND started_at < $end
