-- title: First-time resolution
-- title-zh: 首次解决率
-- definition: Of the incidents that were resolved for the first time in the period, the percentage that whoever had
--     them first solved for good: not assigned again after the first time, never escalated, and not reopened, all up to
--     the instant of the report. How long it took does not matter, nor whether work was paused.
-- definition-zh: 本期内首次解决的事件中，由最初接手者一次解决的百分比：
--     首次分派后未再分派、从未升级、也未重新打开（均至报告时点）。不论用时长短，也不论是否暂停。
-- unit: percent
-- better: higher
-- aggregate: share
-- group: incident
-- clause: 8.6.1
-- source: Counted from the events “assigned”, “escalated” and “reopened” of each timeline. First-contact resolution,
--     the better known figure, also asks that the first conversation ended it; timelines do not tell that.
-- source-zh: 按每条时间线的“分派”“升级”和“重新打开”活动计数。更常见的首次联系解决率还要求首次沟通即告结束，
--     时间线上看不出这一点。
SELECT
    id,
    reassigned = 0 AND escalated = 0 AND reopened = 0 AS value,
    NULL AS left_out,
    book,
    service,
    priority,
    category,
    channel,
    first_resolved_month AS month
FROM incident
WHERE first_resolved_at >= $start AND first_resolved_at < $end
