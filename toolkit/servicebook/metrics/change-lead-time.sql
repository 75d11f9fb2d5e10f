-- title: Change lead time
-- title-zh: 变更前置时间
-- definition: For the changes that were implemented in the period: the time since they were requested. Every hour
--     counts, also the wait for a decision or a window. One that failed or was backed out is left out: what was asked
--     for did not come. Rejected and cancelled changes are not looked at.
-- definition-zh: 本期内实施的变更自申请以来的时间，每个小时都计入，等待批准和变更窗口的时间也在内。
--     失败和已回退的列明原因，不计入：所申请的并未实现。已驳回和已取消的变更不看。
-- unit: days
-- better: lower
-- aggregate: mean, median, p90
-- group: change
-- clause: 8.5.1
-- source: From the event “requested” to “implemented” of each timeline. A day is 24 hours. DORA's lead time for changes
--     begins with the commit of the code and not with the request.
-- source-zh: 从每条时间线的“申请”到“实施完成”。一天按 24 小时计。DORA 的变更前置时间从代码提交算起，
--     而非从申请算起。
SELECT
    id,
    CAST(lead_seconds AS DOUBLE) / 86400 AS value,
    CASE WHEN result IN ('failed', 'backed-out') THEN result END AS left_out,
    book,
    service,
    category,
    type,
    risk,
    result,
    implemented_month AS month
FROM change
WHERE implemented_at >= $start AND implemented_at < $end
