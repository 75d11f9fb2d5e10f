"""Every metric on Apache Spark and on DuckDB, over the gathered facts of two books: the same figures."""

import shutil
from math import isclose

import pytest
from bench.generate import repository

from building import CHECKOUT, Book
from servicebook.errors import Problem
from servicebook.metrics import Measure, Period, measure, read_metrics
from servicebook.metrics.duckdb_engine import DuckDB
from servicebook.metrics.gathered import Gathered, gather
from servicebook.metrics.metric import parse
from servicebook.tree import open_tree

AS_OF = "2026-11-20T18:00:00+01:00"
DIMENSIONS = ("book", "service", "priority")
METRICS = read_metrics(open_tree(CHECKOUT))
HEADER = b"-- title: T\n-- definition: D\n-- unit: u\n-- better: higher\n-- aggregate: count\n-- source: S\n"

pytestmark = pytest.mark.spark


@pytest.fixture(scope="module")
def gathered(tmp_path_factory) -> Gathered:
    """The facts of the sample organisation, and of a shop whose incidents carry odd seconds."""
    folder = tmp_path_factory.mktemp("spark")
    repository(folder / "shop", 300, 3)
    for root, name in ((CHECKOUT, "sample"), (folder / "shop", "shop")):
        done = Book.at(root).run(
            "facts", "--as-of", AS_OF, "--format", "parquet", "--output", str(folder / f"{name}-facts")
        )
        assert done.returncode == 0, done.stderr
    return gather([folder / "sample-facts", folder / "shop-facts"])


@pytest.fixture(scope="module")
def spark(gathered):
    """The engine, or a skip that says what to install."""
    pytest.importorskip("pyspark", reason="Spark is not installed: make spark")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java; on Debian: apt install default-jre-headless")
    from servicebook.metrics.spark_engine import Spark

    return Spark(gathered)


@pytest.fixture(scope="module")
def duckdb(gathered) -> DuckDB:
    return DuckDB.from_files(gathered.tables, gathered.as_of, gathered.zone)


def figures(measured: Measure) -> list[tuple]:
    return [(group.key, group.n, group.left_out) for group in measured.groups]


def values(measured: Measure) -> list[float | None]:
    return [value for group in measured.groups for value in group.values.values()]


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_says_the_same_on_both(name, spark, duckdb, gathered):
    metric = METRICS[name]
    by = [dimension for dimension in DIMENSIONS if dimension in duckdb.columns(metric)]
    for label in ("2026", "2026-Q3"):
        period = Period.parse(label, gathered.zone)
        here, there = measure(duckdb, metric, period, by), measure(spark, metric, period, by)
        assert figures(here) == figures(there)
        for one, other in zip(values(here), values(there), strict=True):
            assert one == other or isclose(one, other, rel_tol=1e-12)


def test_the_records_behind_a_figure_are_the_same(spark, duckdb, gathered):
    metric, period = METRICS["time-to-restore"], Period.parse("2026", gathered.zone)
    assert sorted(spark.rows(metric, period), key=repr) == sorted(duckdb.rows(metric, period), key=repr)


def test_both_books_are_measured(duckdb, gathered):
    measured = measure(duckdb, METRICS["incidents-opened"], Period.parse("2026", gathered.zone), ["book"])
    assert [group.key["book"] for group in measured.groups] == sorted(gathered.books)
    assert len(set(gathered.books)) == 2


def test_what_duckdb_refuses_never_reaches_spark(spark, gathered):
    own = parse(
        "own", "metrics/own.sql", HEADER + b"SELECT id, 1 AS value, NULL AS left_out FROM range(3) AS t(id), now()"
    )
    with pytest.raises(Problem, match=r"metrics/own.sql:\d+"):
        spark.rows(own, Period.parse("2026", gathered.zone))


def test_a_name_of_a_column_is_no_code_for_spark(spark, gathered):
    code = "book`, java_method('java.lang.System', 'getProperty', 'user.name'), `book"
    period = Period.parse("2026", gathered.zone)
    named = f'SELECT id, 1 AS value, NULL AS left_out, book AS "{code}" FROM incident'
    with pytest.raises(Problem, match=r"metrics/own.sql:7: the query has a column “book`, java_method"):
        spark.figures(parse("own", "metrics/own.sql", HEADER + named.encode()), period, (code,))
    inner = f"(SELECT id, 'x' AS \"{code}\" FROM incident)"
    within = f'SELECT id, 1 AS value, NULL AS left_out, "{code}" AS inner_name FROM {inner}'
    bundles = spark.figures(parse("own", "metrics/own.sql", HEADER + within.encode()), period, ("inner_name",))
    assert [bundle.key for bundle in bundles] == [("x",)]
    with pytest.raises(Problem, match="Spark cannot run the query"):
        spark.figures(METRICS["incidents-opened"], period, (code,))


def test_what_spark_does_not_know_is_said_with_the_line(spark, gathered):
    query = b"SELECT id, yearweek(opened_at) AS value, NULL AS left_out FROM incident"
    own = parse("own", "metrics/own.sql", HEADER + query)
    with pytest.raises(Problem, match=r"metrics/own.sql:7: Spark cannot run the query: .*\.$") as told:
        spark.rows(own, Period.parse("2026", gathered.zone))
    assert "--engine duckdb" in told.value.hint
    assert "\n" not in told.value.message


def test_spark_says_nothing_where_figures_are_printed(spark, gathered):
    folders = [option for file in gathered.tables["incident"] for option in ("--facts", str(file.parent))]
    asked = ("metrics", "incidents-opened", *folders, "--zone", gathered.zone_name, "--period", "2026")
    done = Book.at(CHECKOUT).run(*asked, "--engine", "spark")
    assert done.returncode == 0, done.stderr
    assert done.stdout == Book.at(CHECKOUT).run(*asked).stdout
