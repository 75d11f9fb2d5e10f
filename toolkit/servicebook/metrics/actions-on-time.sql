-- title: Actions on time
-- title-zh: 措施按期完成率
-- definition: Of the actions whose due date lies in the period, the percentage that was done on that day or before.
--     Actions of every kind of record count: reviews, problems, improvements, nonconformities and others. One that is
--     done late or not at all is a miss. One that is neither done nor due at the instant of the report is left out, and
--     so is one without a due date, in the period in which it was done. The due date is the one that stands now; see
--     due-dates-moved.
-- definition-zh: 期限在本期内的措施中，在期限当日或之前完成的百分比。各类记录的措施均计入：评审、问题、改进、不符合等。
--     逾期完成或未完成的算作未按期。报告时点尚未到期也未完成的列明原因，不计入；没有期限的在完成的那一期列明原因，
--     不计入。期限以现在的为准，参见“期限变动”。
-- unit: percent
-- better: higher
-- aggregate: share
-- group: improvement
-- clause: 10.2
-- source: The fields “due” and “done” of every action in the book.
-- source-zh: 本册中每项措施的“due”和“done”字段。
SELECT
    id,
    COALESCE(done_at < due_at, FALSE) AS value,
    CASE
        WHEN due_at IS NULL THEN 'no due date'
        WHEN done_at IS NULL AND due_at > $as_of THEN 'not due yet'
    END AS left_out,
    book,
    kind,
    action,
    owner,
    COALESCE(due_month, done_month) AS month
FROM action
WHERE
    (due_at > $start AND due_at <= $end)
    OR (due_at IS NULL AND done_at >= $start AND done_at < $end)
