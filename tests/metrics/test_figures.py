"""Figures are worked out on lists that DuckDB groups, without the rows; the rows give the same."""

from collections import Counter
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from building import CHECKOUT
from servicebook.book import read_book
from servicebook.facts import Column, Facts, Table, compute, default_as_of
from servicebook.metrics import DuckDB, Group, Measure, Period, dimensions, measure, measure_all, read_metrics
from servicebook.metrics.aggregate import NAMES, figure
from servicebook.metrics.metric import parse
from servicebook.tree import open_tree

HEADER = """\
-- title: Things
-- definition: Things.
-- unit: percent
-- better: higher
-- aggregate: {aggregates}
-- source: ours
"""
QUERY = """\
SELECT id, value, "of", left_out, service, priority, happened_at
FROM thing
WHERE happened_at >= $start AND happened_at < $end AND happened_at < $as_of -- no more
;
-- the end
"""
COLUMNS = (
    Column("id", "VARCHAR", ""),
    Column("value", "DOUBLE", ""),
    Column("of", "BIGINT", ""),
    Column("left_out", "VARCHAR", ""),
    Column("service", "VARCHAR", ""),
    Column("priority", "BIGINT", ""),
    Column("happened_at", "TIMESTAMP", ""),
)
YEAR = Period.parse("2026", UTC)
TEXTS = st.one_of(st.none(), st.sampled_from(["", "a", "A", 'b"; --', "数"]))
ROWS = st.tuples(
    st.sampled_from(["INC-1", "INC-2", "INC-3"]),
    st.one_of(st.none(), st.floats(-1e6, 1e6), st.sampled_from([0.0, 1.0])),
    st.one_of(st.none(), st.integers(0, 1000)),
    TEXTS,
    TEXTS,
    st.one_of(st.none(), st.integers(1, 3)),
    st.integers(-30, 400).map(lambda days: datetime(2026, 1, 1, 12, 30, 15, tzinfo=UTC) + timedelta(days)),
)


def metric(aggregates: str, query: str = QUERY):
    return parse("things", "metrics/things.sql", (HEADER.format(aggregates=aggregates) + query).encode())


def facts_of(rows) -> Facts:
    return Facts(datetime(2027, 1, 1, tzinfo=UTC), UTC, {"thing": Table("thing", "", COLUMNS, tuple(rows))})


def plain(found: Measure, group: Group) -> tuple[dict, int, dict]:
    """The figures, the number of rows and those left out, from the rows alone."""
    needed = ("value", "of") if "ratio" in found.metric.aggregates else ("value",)
    used, reasons = [], Counter()
    for row in group.rows:
        if row.left_out is not None:
            reasons[row.left_out] += 1
        elif any(getattr(row, name) is None for name in needed):
            reasons["no value"] += 1
        else:
            used.append(row)
    values, of = [row.value for row in used], [row.of for row in used if row.of is not None]
    return {name: figure(name, values, of) for name in found.metric.aggregates}, len(used), dict(reasons)


@given(st.lists(ROWS, max_size=40), st.sampled_from([(), ("service",), ("service", "priority"), ("happened_at",)]))
@settings(max_examples=60, deadline=None)
def test_lists_and_rows_give_the_same_figures(rows, by):
    facts = facts_of(rows)
    for aggregates in (", ".join(name for name in NAMES if name != "ratio"), "ratio"):
        found = measure(facts, metric(aggregates), YEAR, by)
        assert sum(len(group.rows) for group in found.groups) == sum(row[-1].year == 2026 for row in rows)
        for group in found.groups:
            assert plain(found, group) == (group.values, group.n, group.left_out)


def test_of_every_shipped_metric_lists_and_rows_give_the_same():
    """On the sample organisation's own book."""
    book = read_book(open_tree(CHECKOUT))
    facts = compute(book, default_as_of(book))
    period, counted = Period.parse("2026", facts.zone), 0
    for shipped in read_metrics(book.tree).values():
        for by in ((), *((name,) for name in dimensions(facts, shipped))):
            found = measure(facts, shipped, period, by)
            for group in found.groups:
                assert plain(found, group) == (group.values, group.n, group.left_out)
                counted += group.n
    assert counted > 10_000


@given(st.lists(ROWS, max_size=20), st.randoms())
@settings(max_examples=30, deadline=None)
def test_the_order_of_rows_changes_no_figure(rows, chance):
    turned = chance.sample(rows, len(rows))
    for aggregates in ("sum, mean, median, p90", "ratio"):
        one, other = (measure(facts_of(some), metric(aggregates), YEAR, ("service",)) for some in (rows, turned))
        assert one.groups == other.groups


def test_a_ratio_is_a_sum_of_a_sum_and_not_a_mean_of_shares():
    at = datetime(2026, 3, 1, tzinfo=UTC)
    rows = [("A", 100.0, 1, None, "a", 1, at), ("B", 0.0, 3, None, "a", 1, at), ("C", 50.0, None, None, "a", 1, at)]
    (group,) = measure(facts_of(rows), metric("ratio"), YEAR).groups
    assert (group.values, group.n, group.left_out) == ({"ratio": 25.0}, 2, {"no value": 1})
    assert [row.of for row in group.rows] == [1, 3, None]
    (nothing,) = measure(facts_of([("A", 0.0, 0, None, "a", 1, at)]), metric("ratio"), YEAR).groups
    assert (nothing.values, nothing.n) == ({"ratio": None}, 1)


def test_what_is_computed_with_is_no_dimension():
    assert dimensions(facts_of([]), metric("ratio")) == ["service", "priority", "happened_at"]


def test_metrics_that_lack_a_dimension_are_left_when_all_are_measured():
    able, unable = metric("count"), metric("count", "SELECT id, value, left_out FROM thing")
    assert [found.metric for found in measure_all(facts_of([]), [able, unable], YEAR, ("service",))] == [able]
    assert [found.metric for found in measure_all(facts_of([]), [able, unable], YEAR)] == [able, unable]


def test_facts_in_parquet_files_give_the_same_figures(tmp_path):
    from servicebook.metrics.loading import write_parquet

    at = datetime(2026, 3, 1, 12, 30, 15, tzinfo=UTC)
    rows = [("A", 1.5, 2, None, "a", None, at), ("B", None, 3, "why", 'b"', 1, at), ("数", -0.5, 3, None, None, 1, at)]
    facts = facts_of(rows)
    for folder in ("one", "book=two"):
        (tmp_path / folder).mkdir()
        write_parquet(facts.tables["thing"], tmp_path / folder / "thing.parquet")
    files = [tmp_path / folder / "thing.parquet" for folder in ("one", "book=two")]
    by = ("service", "happened_at")
    expected = measure(facts, metric("sum, count"), YEAR, by)
    once = measure(DuckDB.from_files({"thing": files[:1]}, facts.as_of, UTC), metric("sum, count"), YEAR, by)
    assert once.groups == expected.groups
    assert [group.rows for group in once.groups] == [group.rows for group in expected.groups]
    twice = measure(DuckDB.from_files({"thing": files}, facts.as_of, UTC), metric("sum, count"), YEAR, by)
    assert [group.n for group in twice.groups] == [2 * group.n for group in expected.groups]
    empty = DuckDB.from_files({"thing": files}, facts.as_of, UTC, rows=False)
    assert dimensions(empty, metric("count")) == ["service", "priority", "happened_at"]
    assert measure(empty, metric("count"), YEAR).groups[0].n == 0
