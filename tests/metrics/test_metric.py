"""What a .sql file must say, and what its query may."""

import pytest

from memory import incident, make_book
from servicebook import facts
from servicebook.clock import zone
from servicebook.errors import Problem
from servicebook.metrics import Metric, Period, choose, measure, read_metrics
from servicebook.metrics.metric import parse

HEADER = """\
-- title: Opened
-- definition: Incidents that were opened,
--     all of them.
-- unit: incidents
-- better: neither
-- aggregate: count
-- source: ours
"""
BOOK = make_book(incident("2026-03-02T09:00:00Z opened"))
FACTS = facts.compute(BOOK, facts.latest_event(BOOK))
YEAR = Period.parse("2026", zone("UTC"))
SELECT = "SELECT id, 1 AS value, NULL AS left_out FROM incident"


def metric(sql: str, header: str = HEADER) -> Metric:
    return parse("mine", "metrics/mine.sql", (header + sql).encode())


def count(sql: str) -> int:
    return measure(FACTS, metric(sql), YEAR).groups[0].n


class TreeWith:
    root = BOOK.tree.root
    commit = None

    def __init__(self, **files: str) -> None:
        self.files = {f"metrics/{name.replace('_', '-')}.sql": text for name, text in files.items()}

    def entries(self, *folders: str) -> list:
        from servicebook.tree import Entry

        return [Entry(path, "") for path in sorted(self.files)]

    def read(self, path: str) -> bytes:
        return self.files[path].encode()


def test_a_book_may_have_a_metric_of_its_own():
    metrics = read_metrics(TreeWith(open_now=HEADER + SELECT))
    assert metrics["open-now"].path == "metrics/open-now.sql"
    assert metrics["open-now"].definition == "Incidents that were opened, all of them."
    assert metrics["backlog"].path == "servicebook/metrics/backlog.sql"
    assert list(metrics) == sorted(metrics)


def test_a_metric_of_the_book_stands_before_a_shipped_one():
    assert read_metrics(TreeWith(backlog=HEADER + SELECT))["backlog"].path == "metrics/backlog.sql"


def test_a_name_that_is_no_metric_gets_a_suggestion():
    with pytest.raises(Problem, match="no metric “backlogg”") as raised:
        choose(read_metrics(BOOK.tree), ("backlogg",))
    assert raised.value.hint == "Did you mean backlog?"


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("", "metrics/mine.sql: the header has no title."),
        (HEADER.replace("-- unit: incidents\n", ""), "metrics/mine.sql: the header has no unit."),
        (HEADER.replace("neither", "more"), "metrics/mine.sql: better is “more”."),
        (HEADER.replace("count", "average"), "metrics/mine.sql: there is no aggregate “average”."),
        (HEADER + "-- unit: hours\n", "metrics/mine.sql:8: unit stands twice in the header."),
    ],
)
def test_a_header_that_is_not_whole_is_refused(header, message):
    with pytest.raises(Problem) as raised:
        metric(SELECT, header)
    assert raised.value.message == message


def test_bytes_that_are_no_text_are_refused_with_their_line():
    with pytest.raises(Problem, match="the file is not UTF-8 text"):
        parse("mine", "metrics/mine.sql", b"-- title: x\n\xff")


@pytest.mark.parametrize(
    "sql",
    [
        SELECT,
        SELECT + " WHERE opened_at >= $start AND opened_at < $end",
        SELECT + " WHERE opened_at < $end;",
        f"WITH mine AS ({SELECT}) SELECT * FROM mine",
        "SELECT id, count(*) AS value, NULL AS left_out FROM incident GROUP BY id",
        "SELECT id, row_number() OVER (ORDER BY id) AS value, NULL AS left_out FROM incident",
        "SELECT id, 1.5::DECIMAL(4, 1) AS value, nullif('', '') AS left_out FROM incident",
        "SELECT id, epoch(opened_at) / 3600 AS value, if(id = 'x', 'y', NULL) AS left_out FROM incident",
        "SELECT id, value, NULL AS left_out FROM incident, unnest([7]) AS numbers (value)",
        "SELECT i.id, 1 AS value, NULL AS left_out FROM incident AS i JOIN state AS s ON i.id = s.id",
        "SELECT id, 1 AS value, NULL AS left_out FROM incident UNION ALL SELECT id, 1, 'no' FROM incident",
    ],
)
def test_what_a_query_may_say(sql):
    assert count(sql) == 1


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        (
            "SELECT id, 1 AS value, NULL AS left_out\nFROM read_text('/etc/hostname')",
            ":9: there is no fact table “read_text”",
        ),
        (
            "SELECT 1 AS id, 1 AS value, NULL AS left_out\nFROM 'records/x.csv'",
            ":9: there is no fact table “records/x.csv”",
        ),
        (
            "SELECT 1 AS id, 1 AS value, NULL AS left_out FROM duckdb_settings()",
            ": there is no fact table “duckdb_settings”",
        ),
        (
            "SELECT 1 AS id, 1 AS value, NULL AS left_out FROM pragma_version()",
            "there is no fact table “pragma_version”",
        ),
        (
            "SELECT 1 AS id, 1 AS value, NULL AS left_out FROM information_schema.tables",
            "there is no fact table “tables”",
        ),
        ("SELECT 1 AS id, 1 AS value, NULL AS left_out FROM metric", "there is no fact table “metric”"),
        (SELECT + " WHERE opened_at < now()", "the function “now” may not be used"),
        (SELECT + " WHERE opened_at < ago(INTERVAL 1 DAY)", "the function “ago” may not be used"),
        (SELECT + " WHERE opened_at < current_timestamp", "“current_timestamp” may not be used"),
        (SELECT + " WHERE opened_at < CURRENT_DATE", "“CURRENT_DATE” may not be used"),
        (SELECT + " WHERE random() < 2", "the function “random” may not be used"),
        (SELECT + " ORDER BY uuid()", "the function “uuid” may not be used"),
        (SELECT + " WHERE current_setting('threads') = '1'", "the function “current_setting” may not be used"),
        (SELECT + " WHERE getenv('HOME') = ''", "the function “getenv” may not be used"),
        (SELECT + " USING SAMPLE 1", "a sample may not be taken"),
        (f"{SELECT}; {SELECT}", "has 2 statements"),
        ("DROP TABLE incident", "is not a SELECT"),
        ("COPY (SELECT 1) TO 'x.csv'", "is not a SELECT"),
        ("ATTACH 'x.db'", "is not a SELECT"),
        ("INSTALL httpfs", "is not a SELECT"),
        ("SET threads = 8", "is not a SELECT"),
        ("SHOW TABLES", "there is no fact table"),
        ("DESCRIBE incident", "there is no fact table"),
        ("", "has no query"),
        (";", "metrics/mine.sql"),
        ("SELECT id,\nFRM incident", "metrics/mine.sql:"),
        ("SELECT id,\n  nope AS value, NULL AS left_out\nFROM incident", "metrics/mine.sql:9: Binder Error"),
        ("SELECT id, (\n", "metrics/mine.sql:"),
        ("SELECT id, 'x'::INT AS value, NULL AS left_out FROM incident", "metrics/mine.sql:8: Conversion Error"),
        ("SELECT id, 1 AS value FROM incident", "the query has no column left_out"),
        ("SELECT id, 'much' AS value, NULL AS left_out FROM incident", "the value of “INC-20260302-aaaa” is “much”"),
        (SELECT + " WHERE $other", "metrics/mine.sql:"),
    ],
)
def test_what_a_query_may_not_say(sql, words):
    with pytest.raises(Problem) as raised:
        count(sql)
    assert raised.value.message.startswith("metrics/mine.sql")
    assert words in raised.value.message
    assert "\n" not in raised.value.message


def test_a_variable_of_the_program_is_no_table():
    secret = [("INC-1", 1, None)]
    assert secret
    with pytest.raises(Problem, match="there is no fact table “secret”"):
        count("SELECT 1 AS id, 1 AS value, NULL AS left_out FROM secret")


def test_a_query_that_does_not_end_is_stopped(monkeypatch):
    monkeypatch.setattr("servicebook.metrics.duckdb_engine.SECONDS", 0.2)
    million = "range(1000000)"
    endless = f"SELECT max(a.range * b.range) AS id, 1 AS value, NULL AS left_out FROM {million} AS a, {million} AS b"
    with pytest.raises(Problem, match="ran for more than"):
        count(endless)


def test_a_query_of_many_rows_is_stopped():
    with pytest.raises(Problem, match=r"metrics/mine.sql:8: the query returns more than 1,000,000 rows"):
        count("SELECT range AS id, 1 AS value, NULL AS left_out FROM range(4000000)")


@pytest.mark.parametrize("aggregate", ["sum", "mean", "median"])
def test_a_figure_that_is_too_large_is_told(aggregate):
    sql = "SELECT id, 1e308 AS value, NULL AS left_out FROM incident, range(2)"
    with pytest.raises(Problem, match=f"metrics/mine.sql:8: the {aggregate} of 2 values is too large"):
        measure(FACTS, metric(sql, HEADER.replace("count", aggregate)), YEAR)


def test_what_is_no_number_is_no_value():
    sql = "SELECT id, 'nan'::DOUBLE AS value, NULL AS left_out FROM incident"
    group = measure(FACTS, metric(sql), YEAR).groups[0]
    assert (group.n, group.left_out) == (0, {"no value": 1})
