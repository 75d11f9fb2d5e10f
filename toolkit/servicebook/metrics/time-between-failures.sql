-- title: Time between failures
-- title-zh: 平均故障间隔
-- definition: The agreed time in which the services were up in the period, up to the instant of the report, divided by
--     their failures: outages (not degraded service, not maintenance) that began in agreed time. Both are added over
--     each service, each availability that an SLA agrees for it, and each day; without a failure there is no figure.
--     Over several services their hours are added up, so only grouped by service is it the time between the failures of
--     one. A failure that began before the period is none of it, though its downtime is taken off.
-- definition-zh: 本期（至报告时点）内服务在约定时间内的可用时间除以故障次数：
--     故障指在约定时间内开始的中断（不含性能下降和维护）。两者均按每个服务、SLA 为其约定的每项可用率和每一天求和；
--     没有故障则没有数值。多个服务合计时其小时数相加，因此只有按服务分组才是单个服务的故障间隔。
--     本期之前开始的故障不计次数，但其中断时间照样扣除。
-- unit: hours
-- better: higher
-- aggregate: ratio
-- group: availability
-- clause: 8.7.1
-- source: Known as mean time between failures (MTBF). Ours counts time up, in agreed hours alone, and so does not
--     include the time to repair.
-- source-zh: 通称平均故障间隔时间（MTBF）。此处只计约定时间内的可用时间，因此不含修复时间。
SELECT
    service AS id,
    (agreed_seconds - down_seconds) / 3600 AS value,
    failures AS of,
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
