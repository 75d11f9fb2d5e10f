-- title: SLA clocks at risk
-- title-zh: SLA 即将超时
-- definition: Clocks of SLAs that ran at the end of the period, had used three quarters of their limit or more, and had
--     not missed it. Where the period is not over, the instant of the report is its end. A clock that stands still in a
--     pause runs all the same: it is not over. Where the SLA says that a miss stands only when the clock stops, one
--     that ran beyond its limit is among them. Every measure counts, of incidents and service requests. Clocks of
--     supporting agreements are not counted, nor are records without a clock.
-- definition-zh: 期末仍在计时、已用去时限四分之三或更多、尚未超时的 SLA 计时。本期未结束时，以报告时点为期末。
--     暂停中的计时并未结束，同样计入；SLA 规定停表时才判定的，已超过时限而未停表的也计入。
--     包括事件和服务请求的各项目标。支持协议的计时和没有计时的记录不计。
-- unit: clocks
-- better: lower
-- aggregate: count
-- group: sla
-- clause: 8.3.3
-- source: The clocks of each record, by the SLA version in force when the clock started. Three quarters is our choice
--     of a line; the limit and what counts against it are the SLA's. The limit is that of the record's last priority.
-- source-zh: 每条记录的计时，按计时开始时有效的 SLA 版本。四分之三这条界线是我们的选择；
--     时限以及哪些时间计入时限由 SLA 规定。时限为记录最后优先级的时限。
SELECT
    id,
    1 AS value,
    NULL AS left_out,
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
    AND left_out IS NULL
    AND at_risk_at <= $as_of
    AND at_risk_at < $end
    AND (settled_at IS NULL OR settled_at >= $end)
