"""servicebook metrics, as it is typed."""

import csv
import io
import json

import pytest

from building import Book

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
        "2026-01-01 to 2026-03-31 (Europe/Amsterdam), as of 2026-04-05T10:00:00Z; the working tree\n"
        "\n"
        "metric            figure                         unit       records  left out\n"
        "time-to-restore   mean 2.0, median 2.0, p90 2.5  hours      2\n"
        "incidents-opened  2                              incidents  2\n"
    )


def test_json_has_the_shape_that_it_says(book):
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
    assert measure["groups"] == [
        {
            "key": {},
            "values": {"mean": 2.0, "median": 2.0, "p90": 2.5},
            "n": 2,
            "small": True,
            "left_out": {},
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
