-- title: Recurrence
-- title-zh: 重复发生率
-- definition: Of the incidents that were opened in the period, the percentage that had been there before: at most 30
--     days earlier an incident of the same service and category was resolved, or at any time earlier one that names the
--     same problem. A cancelled incident is left out, and so is one without a service or category, unless its problem
--     tells. The first of a series is no recurrence.
-- definition-zh: 本期内登记的事件中重复发生的百分比：登记前 30 天内有同一服务、同一分类的事件得到解决，
--     或此前任何时候有指向同一问题的事件得到解决。已取消的事件不计；没有服务或分类的事件，除非所属问题可以说明，
--     也不计。一系列事件中的第一个不算重复。
-- unit: percent
-- better: lower
-- aggregate: share
-- group: incident
-- clause: 8.6.3
-- source: Counted from the service, category and problem of each incident and from every event “resolved” before it was
--     opened. 30 days are 30 times 24 hours; our choice, for no standard names a span. Links between incidents do not
--     count: they may mean no more than that one recalls another.
-- source-zh: 按每个事件的服务、分类和问题，以及其登记之前的每次“解决”活动计数。30 天为 30 个 24 小时；
--     这是我们的选择，没有标准规定时长。事件之间的关联不算：那可能只是使人想起另一个事件。
WITH moments AS (
    SELECT
        book,
        id,
        service,
        category,
        problem,
        opened_at AS moment,
        0 AS resolves
    FROM incident
    UNION ALL
    SELECT
        incident.book,
        incident.id,
        incident.service,
        incident.category,
        incident.problem,
        state.started_at AS moment,
        1 AS resolves
    FROM state
    INNER JOIN incident ON state.book = incident.book AND state.id = incident.id
    WHERE state.kind = 'incident' AND state.state = 'resolved'
),

-- Resolutions before each moment. One at the very instant of an opening is not before it.
earlier AS (
    SELECT
        book,
        id,
        resolves,
        MAX(CASE WHEN resolves = 1 THEN moment END) OVER (
            PARTITION BY book, service, category
            ORDER BY moment, resolves
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS alike_resolved_at,
        MAX(CASE WHEN resolves = 1 THEN moment END) OVER (
            PARTITION BY book, problem
            ORDER BY moment, resolves
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS cause_resolved_at
    FROM moments
),

judged AS (
    SELECT
        incident.*,
        incident.problem IS NOT NULL AND earlier.cause_resolved_at IS NOT NULL AS same_problem,
        date_diff('second', earlier.alike_resolved_at, incident.opened_at) AS since_alike
    FROM incident
    INNER JOIN earlier ON incident.book = earlier.book AND incident.id = earlier.id
    WHERE earlier.resolves = 0 AND incident.opened_at >= $start AND incident.opened_at < $end
)

SELECT
    id,
    same_problem OR COALESCE(since_alike <= 30 * 86400, FALSE) AS value,
    CASE
        WHEN status = 'cancelled' THEN 'cancelled'
        WHEN same_problem THEN NULL
        WHEN service IS NULL THEN 'no service'
        WHEN category IS NULL THEN 'no category'
    END AS left_out,
    book,
    service,
    priority,
    category,
    channel,
    opened_month AS month
FROM judged
