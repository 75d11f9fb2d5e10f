-- title: Downtime
-- title-zh: 服务中断时长
-- definition: The agreed time that was lost in the period, up to the instant of the report, over the services and the
--     days with a loss. Outages at the same time count once, at the greatest share lost; a part lost counts in part
--     where the SLA weights degraded service. Where several SLAs cover a service, the one under which most was lost
--     that day counts, so no hour is added twice. Maintenance that was announced in time is not counted where the SLA
--     takes it out, nor is what was lost outside agreed hours.
-- definition-zh: 本期（至报告时点）内损失的约定服务时间，对有损失的服务和日子求和。同时发生的中断只计一次，
--     取损失比例最大者；SLA 对性能下降加权的，按比例计入。一个服务有多个 SLA 时，取当日损失最大的一个，
--     同一小时不重复相加。SLA 允许扣除的按时通知的维护以及约定时间之外的损失不计。
-- unit: hours
-- better: lower
-- aggregate: sum
-- group: availability
-- clause: 8.7.1
-- source: The outages of the book against the agreed hours of each SLA version, united and not added.
-- source-zh: 本册的中断记录与各 SLA 版本的约定时间对照，重叠部分合并，不相加。
WITH ranked AS (
    SELECT
        *,
        ROW_NUMBER() OVER (
            PARTITION BY book, service, day
            ORDER BY CASE WHEN left_out IS NULL THEN 0 ELSE 1 END, down_seconds DESC, sla, number
        ) AS place
    FROM availability
)

SELECT
    service AS id,
    CAST(down_seconds AS DOUBLE) / 3600 AS value,
    left_out,
    book,
    service,
    day,
    month,
    outages
FROM ranked
WHERE
    place = 1
    AND (down_seconds > 0 OR left_out IS NOT NULL)
    AND started_at >= $start AND started_at < $end
