-- title: Time to restore
-- title-zh: 恢复时间
-- definition: For incidents after which the service was back in the period: the time from when it was noticed (the
--     event detected, without one opened) until the service was back (the last event restored, without one the last
--     resolved). Every hour counts, also at night and while work was paused. One that was reopened counts from its
--     beginning to its last restoration.
-- definition-zh: 本期内恢复服务的事件：从发现（无发现记录时从登记）到服务恢复（最后一次“恢复服务”，
--     没有则为最后一次“解决”）的时间。夜间与暂停期间均计入；重新打开的事件从开始计到最后一次恢复。
-- unit: hours
-- better: lower
-- aggregate: mean, median, p90
-- group: incident
-- clause: 8.6.1
-- source: The mean is known as mean time to restore service (MTRS). The median is the middle value, of an even number
--     the mean of the two in the middle; p90 is the nearest rank: the least value that nine in ten do not exceed.
-- source-zh: 均值通称平均恢复服务时间（MTRS）。中位数为居中的值，个数为偶数时取中间两个的平均；p90 用最近秩法：
--     九成数值不超过的最小值。
SELECT
    id,
    CAST(restore_seconds AS DOUBLE) / 3600 AS value,
    NULL AS left_out,
    book,
    service,
    priority,
    category,
    channel,
    restored_month AS month
FROM incident
WHERE restored_at >= $start AND restored_at < $end
