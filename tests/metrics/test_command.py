"""servicebook metrics, as it is typed."""

import csv
import hashlib
import io
import json

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families

from building import Book
from servicebook import __version__
from servicebook.clock import TZDATA_VERSION
from servicebook.commands._shared import csv_cell

INCIDENT = """\
id: {id}
schema_version: 1
title: Payment page times out
category: "{category}"
impact: medium
urgency: medium
timeline:
  - at: "{at}"
    event: opened
  - at: "{resolved}"
    event: resolved
resolution:
  code: fixed
  summary: Restarted.
"""


OBJECTIVE = """\
id: OBJ-sooner
schema_version: 1
title: Back sooner
owner:
  role: it-manager
measure: The mean time to restore.
metric: time-to-restore
unit: hours
target: 1.5
direction: at-most
due: "2026-12-31"
plan: We try.
"""

MINE = """\
-- title: Mine
-- definition: x
-- unit: percent
-- better: higher
-- aggregate: share
-- group: incident
-- estimates: share
-- source: x
SELECT id, category <> 'payment' AS value, CASE WHEN category <> 'payment' THEN 'not asked' END AS left_out
FROM incident
WHERE opened_at >= $start AND opened_at < $end
"""


@pytest.fixture
def book(tmp_path):
    made = Book(tmp_path / "book")
    for record, category, opened, resolved in [
        ("INC-20260302-aaaa", "payment", "2026-03-02T09:00:00+01:00", "2026-03-02T10:30:00+01:00"),
        ("INC-20260303-bbbb", "=1+1", "2026-03-03T09:00:00+01:00", "2026-03-03T11:30:00+01:00"),
    ]:
        text = INCIDENT.format(id=record, category=category, at=opened, resolved=resolved)
        made.write(f"records/incidents/{record}.yaml", text)
    made.commit("Two incidents", at="2026-04-05T12:00:00+02:00")
    return made


def test_the_table_says_what_it_looks_at(book):
    done = book.run("metrics", "time-to-restore", "incidents-opened")
    assert done.stderr == ""
    assert done.stdout == (
        "2026-01-01 to 2026-03-31 (Europe/Amsterdam), as of 2026-04-05T10:00:00Z; the working tree; "
        f"servicebook {__version__}, time-zone data {TZDATA_VERSION}\n"
        "\n"
        "metric            figure      unit       target  previous    n       left out\n"
        "time-to-restore   mean 2.0    hours              –           2, few\n"
        "                  median 2.0  hours              –\n"
        "                  p90 2.5     hours              –\n"
        "incidents-opened  2           incidents          0, changed  2, few\n"
    )


def test_all_metrics_stand_under_their_headings_in_a_hundred_columns(book):
    lines = book.run("metrics").stdout.splitlines()[2:]
    headings = [line for line in lines[1:] if line and "  " not in line]
    assert headings == [
        "Incidents", "Service level agreements", "Availability", "Problems", "Changes", "Service requests", "Suppliers",
        "Feedback", "Improvement", "Audits",
    ]  # fmt: skip
    assert max(map(len, lines)) <= 100
    assert sum(line.startswith(tuple("abcdefghijklmnopqrstuvwxyz")) for line in lines[1:]) >= 44


def test_what_is_missed_is_said_in_words_and_so_is_why_something_is_left_out(book):
    book.write("records/objectives/OBJ-sooner.yaml", OBJECTIVE)
    book.write("metrics/mine.sql", MINE)
    asked = "metrics", "time-to-restore", "mine", "--period", "2026-03"
    lines = book.run(*asked, "--previous", "2").stdout.splitlines()[2:]
    assert lines == [
        "metric           figure      unit     target         previous  n       left out",
        "time-to-restore  mean 2.0    hours    ≤ 1.5, missed  –, –      2, few",
        "                 median 2.0  hours                   –, –",
        "                 p90 2.5     hours                   –, –",
        "mine             0.0         percent                 –, –      1, few  1",
        "    95% interval 0.0 to 79.3 (Wilson)",
        "    left out: 1 not asked",
    ]


def test_csv_holds_earlier_periods_targets_and_intervals(book):
    book.write("records/objectives/OBJ-sooner.yaml", OBJECTIVE)
    asked = "metrics", "time-to-restore", "--period", "2026-03", "--previous", "1", "--format", "csv"
    rows = list(csv.DictReader(io.StringIO(book.run(*asked).stdout)))
    assert [(row["period"], row["aggregate"], row["value"], row["target"], row["met"]) for row in rows] == [
        ("2026-03", "mean", "2.0", "1.5", "no"),
        ("2026-03", "median", "2.0", "", ""),
        ("2026-03", "p90", "2.5", "", ""),
        ("2026-02", "mean", "", "", ""),
        ("2026-02", "median", "", "", ""),
        ("2026-02", "p90", "", "", ""),
    ]


def test_metrics_without_a_dimension_are_told_when_none_is_named(book):
    done = book.run("metrics", "--by", "channel", "--period", "2026")
    assert done.returncode == 0
    assert "time-to-restore " in done.stdout
    assert "problem-age" not in done.stdout
    (note,) = done.stderr.splitlines()
    assert note.startswith("Note: not measured, for it cannot be grouped by “channel”: ")
    assert "problem-age" in note
    done = book.run("metrics", "--by", "moon")
    assert done.returncode == 2
    assert done.stderr.startswith("servicebook: No metric can be grouped by “moon”.\n    → ")


def test_openmetrics_is_what_parsers_of_it_read(book):
    book.write("records/objectives/OBJ-sooner.yaml", OBJECTIVE)
    book.write("metrics/mine.sql", MINE.replace("Mine", 'Mine "\\" # EOF'))
    asked = "metrics", "--format", "openmetrics", "--period", "2026-03", "--previous", "1"
    text = book.run(*asked).stdout
    assert text.endswith("# EOF\n")
    families = {family.name: family for family in text_string_to_metric_families(text)}
    info = families["servicebook"].samples[0]
    assert (info.name, info.labels["period"], info.labels["as_of"]) == (
        "servicebook_info", "2026-03", "2026-04-05T10:00:00Z",
    )  # fmt: skip
    restore = families["servicebook_time_to_restore_hours"]
    assert (restore.type, restore.unit, restore.documentation) == ("gauge", "hours", "Time to restore")
    assert {(s.labels["period"], s.labels["aggregate"]): s.value for s in restore.samples} == {
        ("2026-03", "mean"): 2.0, ("2026-03", "median"): 2.0, ("2026-03", "p90"): 2.5,
    }  # fmt: skip
    assert families["servicebook_mine_percent"].documentation == 'Mine "\\" # EOF'
    sooner = {"metric": "time-to-restore", "period": "2026-03"}
    (target,) = (s for s in families["servicebook_target"].samples if s.labels["metric"] == "time-to-restore")
    assert (target.value, target.labels) == (1.5, sooner | {"direction": "at-most"})
    (met,) = (s for s in families["servicebook_target_met"].samples if s.labels["metric"] == "time-to-restore")
    assert met.value == 0
    (high,) = families["servicebook_high"].samples
    assert round(high.value, 1) == 79.3
    reasons = [s.labels["reason"] for s in families["servicebook_left_out"].samples if s.labels["metric"] == "mine"]
    assert reasons == ["not asked"]


def test_openmetrics_takes_any_dimension_and_unit(book):
    query = "SELECT id, 1 AS value, NULL AS left_out, category AS reason, category AS __name__, id AS by_reason\n"
    header = (
        "-- title: x\n-- definition: x\n-- unit: tickets total\n-- better: lower\n-- aggregate: count\n-- source: x\n"
    )
    book.write("metrics/mine.sql", header + query + "FROM incident\n")
    asked = "metrics", "mine", "--format", "openmetrics", "--period", "2026"
    text = book.run(*asked, "--by", "reason", "--by", "__name__", "--by", "by_reason").stdout
    families = {family.name: family for family in text_string_to_metric_families(text)}
    labels = families["servicebook_mine"].samples[0].labels
    assert labels == {
        "period": "2026", "aggregate": "count", "by_reason": "=1+1", "name": "=1+1",
        "by_by_reason": "INC-20260303-bbbb",
    }  # fmt: skip


def test_openmetrics_has_no_family_twice(book):
    header = "-- title: x\n-- definition: x\n-- unit: {}\n-- better: lower\n-- aggregate: count\n-- source: x\n"
    query = "SELECT id, 1 AS value, NULL AS left_out FROM incident\n"
    own = {"records": "", "info": "", "target": "met", "low": "", "restore": "time hours", "restore-time": "hours"}
    for name, unit in own.items():
        book.write(f"metrics/{name}.sql", header.format(unit or "total") + query)
    text = book.run("metrics", *own, "--format", "openmetrics", "--period", "2026-03").stdout
    families = {family.name: family for family in text_string_to_metric_families(text)}
    names = [line.split()[2] for line in text.splitlines() if line.startswith("# TYPE ")]
    assert sorted(names) == sorted(families)
    assert families["servicebook_records"].documentation == "Records that a figure rests on."
    assert families["servicebook_records_metric"].samples[0].value == 2
    assert {
        "servicebook_info_metric", "servicebook_target_metric_met", "servicebook_low_metric",
        "servicebook_restore_time", "servicebook_restore_time_hours",
    } <= set(names)  # fmt: skip


def test_a_dimension_called_as_a_column_of_csv_comes_beside_it(book):
    header = "-- title: x\n-- definition: x\n-- unit: x\n-- better: lower\n-- aggregate: count\n-- source: x\n"
    book.write(
        "metrics/mine.sql", header + "SELECT id, 1 AS value, NULL AS left_out, category AS period FROM incident\n"
    )
    done = book.run("metrics", "mine", "--period", "2026", "--by", "period", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(row["period"], row["by_period"]) for row in rows] == [("2026", "'=1+1"), ("2026", "payment")]


@pytest.mark.parametrize("name", ["=cmd", "1 st", "数", "a`b", "a\n"])
def test_a_column_has_a_plain_name(book, name):
    header = "-- title: x\n-- definition: x\n-- unit: x\n-- better: lower\n-- aggregate: count\n-- source: x\n"
    query = f'SELECT id, 1 AS value, NULL AS left_out, service AS "{name}" FROM incident\n'
    book.write("metrics/mine.sql", header + query)
    done = book.run("metrics", "mine", "--by", name, "--format", "csv")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("servicebook: metrics/mine.sql:7: the query has a column “")
    assert "→ Name it with a-z, A-Z, 0-9 and _: AS my_column." in done.stderr


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("a\x1b[2Jb\x07", "a\\x1b[2Jb\\x07"), ("\x9b2J\u202e", "\\x9b2J\\u202e"),
        ("\t=1", "'\\t=1"), ("二\n=三", "二\\n=三"), ("=1", "'=1"), ("-1.5", "-1.5"), ("数", "数"),
    ],
)  # fmt: skip
def test_a_cell_of_csv_is_one_line_that_nothing_obeys(text, cell):
    assert csv_cell(text) == cell


def test_json_has_the_shape_that_it_says(book):
    book.write("records/objectives/OBJ-sooner.yaml", OBJECTIVE)
    book.commit("An objective", at="2026-04-05T12:00:00+02:00")
    commit = book.git("rev-parse", "HEAD").strip()
    done = book.run(
        "metrics", "time-to-restore", "--at", "HEAD", "--period", "2026-03", "--format", "json", "--records"
    )
    content = json.loads(done.stdout)
    assert content["format"] == "servicebook.metrics/1"
    assert set(content["tool"]) == {"servicebook", "tzdata", "duckdb"}
    assert (content["commit"], content["as_of"]) == (commit, "2026-04-05T10:00:00Z")
    assert content["period"] == {
        "label": "2026-03", "start": "2026-02-28T23:00:00Z", "end": "2026-03-31T22:00:00Z", "complete": True,
    }  # fmt: skip
    (measure,) = content["measures"]
    assert (measure["group"], measure["agreed"], measure["estimates"]) == ("incident", "", "")
    assert hashlib.sha256(measure["sql"].encode()).hexdigest() == measure["digest"]
    assert measure["groups"] == [
        {
            "key": {},
            "values": {"mean": 2.0, "median": 2.0, "p90": 2.5},
            "n": 2,
            "small": True,
            "left_out": {},
            "target": {"value": 1.5, "direction": "at-most", "sources": ["OBJ-sooner"], "met": False},
            "interval": None,
            "previous": [
                {"period": label, "values": {"mean": None, "median": None, "p90": None}, "n": 0, "complete": True}
                for label in ("2026-02", "2026-01", "2025-12")
            ],
            "records": [
                {"id": "INC-20260302-aaaa", "value": 1.5, "left_out": None},
                {"id": "INC-20260303-bbbb", "value": 2.5, "left_out": None},
            ],
        }
    ]


def test_csv_holds_no_formula(book):
    done = book.run("metrics", "incidents-opened", "--period", "2026", "--by", "category", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(row["category"], row["value"]) for row in rows] == [("'=1+1", "1"), ("payment", "1")]


def test_the_same_commit_gives_the_same_bytes_wherever_it_is_asked(book):
    asked = "metrics", "--period", "2026", "--by", "priority", "--format", "json", "--records"
    first = book.run(*asked)
    assert first.returncode == 0, first.stderr
    for environment in ({"TZ": "Asia/Kathmandu"}, {"LC_ALL": "de_DE.UTF-8"}, {"PYTHONHASHSEED": "7"}):
        assert book.run(*asked, **environment).stdout == first.stdout


def test_earlier_events_only(book):
    done = book.run("metrics", "incidents-opened", "--period", "2026", "--as-of", "2026-03-02", "--format", "json")
    assert json.loads(done.stdout)["measures"][0]["groups"][0]["n"] == 1


def test_a_record_that_cannot_be_used_is_told(book):
    book.write("records/incidents/INC-20260304-cccc.yaml", "id: [")
    done = book.run("metrics", "incidents-opened", "--period", "2026")
    assert "no figure counts 1 file under records/" in done.stderr
    assert done.returncode == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["backlogg"], "There is no metric “backlogg”."),
        (["--period", "2026-Q5"], "“2026-Q5” is not a period."),
        (["--as-of", "noon"], "“noon” is not an instant."),
        (["backlog", "--by", "sla"], "The metric backlog has no dimension “sla”."),
        (["--records"], "--records goes with --format json."),
        (["--at", "nowhere"], "There is no commit “nowhere” here."),
    ],
)
def test_misuse_is_told_in_a_sentence(book, arguments, message):
    done = book.run("metrics", *arguments)
    assert done.returncode == 2
    assert done.stderr.startswith(f"servicebook: {message}\n    → ")
    assert done.stdout == ""


def test_a_zone_that_does_not_exist_is_told(book):
    book.write("servicebook.toml", '[organisation]\nzone = "Europe/Amsterdom"\n')
    done = book.run("metrics")
    assert done.returncode == 2
    assert "There is no time zone “Europe/Amsterdom”" in done.stderr


def test_a_query_of_the_book_is_told_at_its_line(book):
    header = "-- title: x\n-- definition: x\n-- unit: x\n-- better: lower\n-- aggregate: count\n-- source: x\n"
    book.write("metrics/mine.sql", header + "SELECT id,\n  nothing AS value\nFROM incident\n")
    done = book.run("metrics", "mine")
    assert done.returncode == 2
    assert "metrics/mine.sql:8: " in done.stderr


def test_a_query_reads_times_in_utc_whatever_the_zone_of_the_machine(book):
    header = "-- title: x\n-- definition: x\n-- unit: x\n-- better: lower\n-- aggregate: max\n-- source: x\n"
    query = "SELECT id, epoch(opened_at::TIMESTAMPTZ) AS value, NULL AS left_out, opened_at::TIMESTAMPTZ::DATE AS day\n"
    book.write("metrics/mine.sql", header + query + "FROM incident\n")
    asked = "metrics", "mine", "--period", "2026", "--by", "day", "--format", "json"
    first = book.run(*asked, TZ="UTC")
    assert json.loads(first.stdout)["measures"][0]["groups"][0]["values"] == {"max": 1772438400.0}
    assert book.run(*asked, TZ="America/New_York").stdout == first.stdout


def test_events_that_no_figure_sees_are_told(book):
    text = INCIDENT.format(
        id="INC-20260305-cccc", category="x", at="2026-03-05T09:00:00+01:00", resolved="2126-03-05T10:00:00+01:00"
    )
    book.write("records/incidents/INC-20260305-cccc.yaml", text)
    book.commit("A mistyped year", at="2026-04-05T12:00:00+02:00")
    done = book.run("metrics", "incidents-opened")
    assert done.stdout.startswith("2026-01-01 to 2026-03-31 (Europe/Amsterdam), as of 2026-04-05T10:00:00Z;")
    assert done.stderr == "Note: no figure sees 1 event that lies after that instant; --as-of names another.\n"
    assert book.run("metrics", "incidents-opened", "--as-of", "2026-03-31").stderr == ""
