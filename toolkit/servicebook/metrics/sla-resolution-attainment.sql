-- title: SLA resolution attainment
-- title-zh: SLA 解决达成率
-- definition: Of the resolution clocks of incidents whose outcome stood in the period, the percentage that kept within
--     their limit. An incident has a clock for each resolution target that an SLA of its service sets for its priority:
--     usually one, under two SLAs two; and one more for each reopening where the SLA says that it starts a new clock. A
--     limit that is kept stands when the clock stops; one that is missed stands when it passes, so that an incident
--     left open is a miss in the period in which its limit passed, and each clock is counted once. Exactly on the limit
--     is met, unless the SLA says otherwise; so is when a miss stands. An incident without a clock is left out with its
--     reason, in the period in which it ended; and so is one that the SLA releases.
-- definition-zh: 结果在本期内确定的事件解决计时中，在规定时限内达成的百分比。
--     服务的每个 SLA 为事件优先级规定的每项解决目标各有一个计时：通常一个，两个 SLA 则两个；
--     SLA 规定重新打开须另行计时的，每次再加一个。达成的以停表时刻为准，未达成的以时限届满时刻为准，
--     因此每个计时只计一次；恰好等于时限视为达成（SLA 另有规定的除外，未达成何时确定亦同）。没有计时的事件，
--     以及 SLA 予以免除的事件，列明原因，不计入。
-- unit: percent
-- better: higher
-- aggregate: share
-- group: sla
-- agreed: resolution
-- kind: incident
-- clause: 8.3.3
-- source: The clocks of each incident, by the SLA version in force when the clock started: its targets, its calendar,
--     its pauses.
-- source-zh: 每个事件的计时，按计时开始时有效的 SLA 版本：其目标、服务日历和暂停规定。
SELECT
    id,
    met AS value,
    left_out,
    book,
    service,
    priority,
    category,
    channel,
    sla,
    sla_version,
    settled_month AS month
FROM timer
WHERE
    measure = 'resolution'
    AND kind = 'incident'
    AND agreement IS NULL
    AND (met IS NOT NULL OR left_out IS NOT NULL)
    AND settled_at >= $start AND settled_at < $end
