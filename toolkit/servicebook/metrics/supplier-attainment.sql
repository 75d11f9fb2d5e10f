-- title: Supplier attainment
-- title-zh: 供应商目标达成率
-- definition: Of the clocks of supporting agreements (contracts with suppliers, agreements with other parts of the
--     organisation) whose outcome stood in the period, the percentage that kept within their limit. A record has a
--     clock for each target of an agreement that supports an SLA of its service. A limit that is kept stands when the
--     clock stops, one that is missed when it passes. A record that was cancelled, or on whose day no version of the
--     agreement was in force, is left out with its reason. The clocks of the SLAs themselves are not counted.
-- definition-zh: 支持协议（与供应商的合同、与内部其他部门的协议）下结果在本期内确定的计时中，在规定时限内达成的百分比。
--     凡支持该服务 SLA 的协议，其每项目标对每条记录各有一个计时。达成的以停表时刻为准，未达成的以时限届满时刻为准。
--     已取消的记录，以及当日没有有效协议版本的，列明原因，不计入。SLA 本身的计时不计。
-- unit: percent
-- better: higher
-- aggregate: share
-- group: supplier
-- clause: 8.3.4
-- source: The clocks of each record, by the version of the supporting agreement in force when the clock started. What
--     the supplier itself reports may differ; see supplier-reviews-met.
-- source-zh: 每条记录的计时，按计时开始时有效的支持协议版本。供应商自己报告的数字可能不同；参见 supplier-reviews-met。
SELECT
    id,
    met AS value,
    left_out,
    book,
    supplier,
    agreement,
    agreement_version,
    service,
    priority,
    kind,
    measure,
    sla,
    settled_month AS month
FROM timer
WHERE
    agreement IS NOT NULL
    AND (met IS NOT NULL OR left_out IS NOT NULL)
    AND settled_at >= $start AND settled_at < $end
