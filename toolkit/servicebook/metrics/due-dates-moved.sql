-- title: Due dates moved
-- title-zh: 期限变动
-- definition: For the actions whose due date, as it stands now, lies in the period: how often that date was changed
--     after it was first written down, by commits up to the instant of the report, in sum and for each action. Where
--     the history of the book cannot say, as in a copy without its history, the action is left out. An action without a
--     due date is not looked at.
-- definition-zh: 现有期限在本期内的措施：期限首次写入之后被更改的次数（只计至报告时点的提交），
--     总数及每项措施的平均数。
--     无法从历史得知的（例如副本没有完整历史）列明原因，不计入。没有期限的措施不看。
-- unit: times
-- better: lower
-- aggregate: sum, mean
-- group: improvement
-- clause: 10.2
-- source: The field “due” of every action, in each commit that changed its record.
-- source-zh: 每项措施的“due”字段，取自更改其记录的每次提交。
SELECT
    id,
    moved AS value,
    CASE WHEN moved IS NULL THEN 'the history does not say' END AS left_out,
    book,
    kind,
    action,
    owner,
    due_month AS month
FROM action
WHERE due_at > $start AND due_at <= $end
