-- title: Audit findings open
-- title-zh: 未关闭的审核发现
-- definition: Findings of audits that were reported by the end of the period and are not closed at it. A finding is
--     closed with the nonconformity or improvement that it names. Where the period is not over, the instant of the
--     report is its end. An observation or opportunity that names neither is left out: nobody has undertaken to close
--     it. A nonconformity that names neither is open.
-- definition-zh: 期末之前已报告、期末尚未关闭的审核发现。审核发现随其所指的不符合或改进一起关闭。本期未结束时，
--     以报告时点为期末。两者都未指向的观察项和改进机会列明原因，不计入：没有人承诺关闭它；
--     两者都未指向的不符合视为未关闭。
-- unit: findings
-- better: lower
-- aggregate: count
-- group: audit
-- clause: 9.2
-- source: The findings of each audit, from the day it was reported, and the last event “closed” of what they name.
-- source-zh: 每次审核的发现，自报告之日起算；是否关闭以发现所指记录的最后一次“关闭”活动为准。
SELECT
    id,
    1 AS value,
    CASE
        WHEN grade IN ('observation', 'opportunity') AND nonconformity IS NULL AND improvement IS NULL
            THEN 'names nothing that could be closed'
    END AS left_out,
    book,
    audit_type,
    grade,
    clause,
    finding,
    raised_month
FROM finding
WHERE raised_at < $end AND (closed_at IS NULL OR closed_at >= $end)
