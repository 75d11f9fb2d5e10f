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
        (HEADER.replace("neither", "more"), "metrics/mine.sql:5: better is “more”."),
        (HEADER.replace("count", "average"), "metrics/mine.sql:6: there is no aggregate “average”."),
        (HEADER + "-- unit: hours\n", "metrics/mine.sql:8: unit stands twice in the header."),
        (HEADER + "-- group: tickets\n", "metrics/mine.sql:8: group is “tickets”."),
        (HEADER + "-- agreed: resolve\n", "metrics/mine.sql:8: agreed is “resolve”."),
        (HEADER + "-- estimates: mean\n", "metrics/mine.sql:8: estimates is “mean”."),
        (
            HEADER + "-- agreed: resolution\n",
            "metrics/mine.sql:8: agreed is for percentages, and the first figure is “count” in “incidents”.",
        ),
    ],
)
def test_a_header_that_is_not_whole_is_refused(header, message):
    with pytest.raises(Problem) as raised:
        metric(SELECT, header)
    assert raised.value.message == message


def test_what_may_be_left_out_of_a_header():
    bare = metric(SELECT)
    assert (bare.clause, bare.group, bare.agreed, bare.estimates) == ("", "", "", "")
    percent = HEADER.replace("unit: incidents", "unit: percent").replace("count", "ratio, mean")
    full = metric(SELECT, percent + "-- group: audit\n-- agreed: update\n-- estimates: share\n")
    assert (full.group, full.agreed, full.estimates, full.aggregates) == ("audit", "update", "share", ("ratio", "mean"))


def test_a_ratio_needs_what_its_values_are_of():
    with pytest.raises(Problem, match=r"^metrics/mine.sql:8: the query has no column of\.$"):
        measure(FACTS, metric(SELECT, HEADER.replace("count", "ratio")), YEAR)


def test_a_column_that_stands_twice_is_told():
    with pytest.raises(Problem, match=r"^metrics/mine.sql:8: the query has the column “Service” twice\.$"):
        count('SELECT id, 1 AS value, NULL AS left_out, service, priority AS "Service" FROM incident')


@pytest.mark.parametrize(
    ("better", "before", "now", "way"),
    [
        ("higher", 90, 95, "better"),
        ("higher", 95, 90, "worse"),
        ("lower", 95, 90, "better"),
        ("lower", 90.04, 90, "same"),
        ("neither", 1, 2, "changed"),
        ("higher", None, 2, "new"),
        ("higher", 2, None, "new"),
    ],
)
def test_which_way_a_figure_went(better, before, now, way):
    assert metric(SELECT, HEADER.replace("neither", better)).way(before, now) == way


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
        SELECT + " WHERE id LIKE 'INC-%' AND id NOT ILIKE '%x' AND $start < $end AND $as_of > $start",
        "SELECT id, extract(year FROM opened_at) AS value, nullif('a' || id, 'a' || id) AS left_out FROM incident",
        "SELECT id, date_diff('hour', opened_at, opened_at + INTERVAL 1 DAY) AS value, NULL AS left_out FROM incident",
        SELECT + " -- the end\n;\n-- é; really\n",
        "/* first */ " + SELECT + " /* last; */",
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


ONE = "SELECT 1 AS id, 1 AS value, NULL AS left_out"
DOUBLED = ", ".join(
    f"a{step} AS NOT MATERIALIZED (SELECT x.id FROM a{step - 1} AS x, a{step - 1} AS y)" for step in range(1, 30)
)


@pytest.mark.parametrize(
    "sql",
    [
        # Files, the network, other databases, extensions.
        *(f"{ONE} FROM {source}" for source in (
            "read_text('/etc/hostname')", "read_blob('/etc/hostname')", "read_csv('/etc/passwd')", "read_json('x')",
            "read_parquet('x')", "parquet_scan('x')", "parquet_metadata('x')", "glob('/*')", "sniff_csv('x')",
            "read_duckdb('x')", "'records/x.csv'", "'https://127.0.0.1/x.parquet'", '"/etc/passwd"',
            "which_secret('x', 'y')",
        )),
        "ATTACH ':memory:' AS other", "INSTALL httpfs", "LOAD httpfs", "IMPORT DATABASE 'x'", "EXPORT DATABASE 'x'",
        "COPY incident TO 'x.csv'", "CREATE SECRET s (TYPE http)",
        # The machine, the session, what else there is.
        *(f"{ONE} FROM {source}" for source in (
            "query('SELECT 1')", "query_table('incident')", "json_execute_serialized_sql('x')", "duckdb_tables()",
            "duckdb_secrets()", "duckdb_functions()", "pragma_table_info('incident')", "pragma_database_size()",
            "information_schema.columns", "sqlite_master", "pg_catalog.pg_class", "main.incident",
            "memory.main.incident",
            "repeat_row(1, num_rows := 5)", "test_all_types()", "test_vector_types(1)", "pandas_scan(1)", "summary(1)",
            "seq_scan(1)", "duckdb_logs", "icu_calendar_names()",
        )),
        *(f"SELECT id, 1 AS value, {call}::VARCHAR AS left_out FROM incident" for call in (
            "getenv('HOME')", "current_setting('threads')", "getvariable('x')", "version()", "current_query()",
            "current_database()", "current_schemas(true)", "txid_current()", "pg_backend_pid()", "inet_server_addr()",
            "current_localtime()", "current_localtimestamp()", "session_user()", "current_user", "age(opened_at)",
            "today()", "get_current_timestamp()", "gen_random_uuid()", "uuidv7()", "setseed(0.5)", "nextval('s')",
            "write_log('x')", "sleep_ms(100000)", "pg_sleep(100000)", "error('x')", "json_serialize_plan('SELECT 1')",
            "hash(id)", "any_value(id)", "first(id)", "list(id)", "reservoir_quantile(1, 0.5)",
            "approx_quantile(1, 0.5)",
            "has_table_privilege('incident', 'select')",
        )),
        "SET VARIABLE x = 1", "PRAGMA threads = 8", "CALL pragma_version()", "EXPLAIN SELECT 1", "CHECKPOINT", "VACUUM",
        "CREATE MACRO now2() AS now()", "CREATE TABLE mine AS SELECT 1", "INSERT INTO incident SELECT * FROM incident",
        "PREPARE p AS SELECT 1", "BEGIN", "FROM incident; DELETE FROM incident",
        # What DuckDB can neither interrupt nor keep within its memory.
        *(f"SELECT id, length({call}) AS value, NULL AS left_out FROM incident" for call in (
            "repeat(id, 1000000000)", "lpad(id, 1000000000, 'x')", "rpad(id, 1000000000, 'x')", "replace(id, 'I', id)",
            "printf('%1000000000d', 1)", "format('{:1000000000}', 1)", "string_agg(id, '')", "len(range(9999999))",
            "regexp_replace(id, 'I', id)", "bar(1, 0, 1, 1e9)",
            "array_to_string([id], 'x')", "translate(id, 'I', 'x')", "overlay(id PLACING id FROM 1)",
        )),
        *(f"SELECT id, {call} AS value, NULL AS left_out FROM incident" for call in (
            "levenshtein(id, id)", "damerau_levenshtein(id, id)", "jaccard(id, id)", "regexp_matches(id, '(a*)*b')",
            "id SIMILAR TO '(a*)*b'", "id LIKE id", f"id LIKE '{'%a' * 51}'", "id GLOB '*a*'", "factorial(20)",
            "list_sum(list_transform([1], lambda x: x))", "apply([1], lambda x: x)",
        )),
        f"WITH RECURSIVE r AS (SELECT 1 AS id UNION ALL SELECT id + 1 FROM r) {ONE} FROM r",
        f"WITH a0 AS (SELECT id FROM incident), {DOUBLED} SELECT id, 1 AS value, NULL AS left_out FROM a29",
        "SELECT id, 1 AS value, NULL AS left_out FROM incident GROUP BY CUBE (id, service, priority)",
    ],
)  # fmt: skip
def test_what_reaches_out_or_has_no_end_is_refused_before_it_runs(sql):
    with pytest.raises(Problem, match=r"^metrics/mine\.sql(:[0-9]+: | is not a SELECT| has 2 statements)") as raised:
        count(sql)
    assert "Error:" not in raised.value.message  # DuckDB was not asked to run it


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT a.range AS id, 1 AS value, NULL AS left_out FROM range(1000000000000) AS a WHERE a.range < 0",
        f"{ONE} FROM generate_series(1, 1e12::BIGINT) AS a, range(1000000000000) AS b WHERE a < b",
        ONE + " FROM range(9)" + "".join(f", range(1000) AS r{number}" for number in range(9)) + " ORDER BY r0.range",
    ],
)
def test_what_takes_too_long_is_stopped_and_told_with_its_line(monkeypatch, sql):
    monkeypatch.setattr("servicebook.metrics.duckdb_engine.SECONDS", 0.3)
    with pytest.raises(Problem, match=r"metrics/mine.sql:8: "):
        count(sql)


def test_what_needs_too_much_memory_is_stopped_and_told_with_its_line():
    doubled = ", ".join(f"a{step} AS (SELECT x || x AS x FROM a{step - 1})" for step in range(1, 40))
    start = f"WITH a0 AS (SELECT id || 'xxxxxxxx' AS x FROM incident), {doubled}"
    with pytest.raises(Problem, match=r"metrics/mine.sql:8: "):
        count(f"{start} SELECT 1 AS id, length(x) AS value, NULL AS left_out FROM a39")


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
