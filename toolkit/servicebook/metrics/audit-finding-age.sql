-- title: Age of open audit findings
-- title-zh: 未关闭审核发现的时长
-- definition: For each audit finding that is not closed at the end of the period: the time since the day on which the
--     audit was reported. Where the period is not over, the instant of the report is its end. A finding is closed with
--     the nonconformity or improvement that it names; an observation or opportunity that names neither is left out.
-- definition-zh: 期末尚未关闭的每项审核发现自审核报告之日以来的时间。本期未结束时，以报告时点为期末。
--     审核发现随其所指的不符合或改进一起关闭；两者都未指向的观察项和改进机会列明原因，不计入。
-- unit: days
-- better: lower
-- aggregate: median, max
-- group: audit
-- clause: 9.2
-- source: From the beginning of the day on which the audit was reported to the end of the period. A day is 24 hours.
-- source-zh: 从审核报告之日零时到期末。一天按 24 小时计。
SELECT
    id,
    CAST(date_diff('second', raised_at, LEAST($as_of, $end)) AS DOUBLE) / 86400 AS value,
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
