"""servicebook facts, as it is typed: the tables as files, the same bytes each time, nothing that a spreadsheet runs."""

import csv
import hashlib
import io
import json

import duckdb
import pytest

from building import Book
from servicebook import facts, registry

INCIDENT = """\
id: INC-20260302-aaaa
schema_version: 1
title: Payment page times out
service: SVC-shop
category: "=1+1"
impact: medium
urgency: medium
timeline:
  - at: 2026-03-02T09:00:00+01:00
    event: opened
  - at: 2026-03-02T10:30:00+01:00
    event: resolved
resolution:
  code: fixed
  summary: Restarted.
"""


@pytest.fixture
def book(tmp_path):
    made = Book(tmp_path / "book")
    made.write("records/incidents/INC-20260302-aaaa.yaml", INCIDENT)
    made.commit("One incident", at="2026-04-05T12:00:00+02:00")
    return made


@pytest.mark.parametrize("form", ["parquet", "csv", "jsonl"])
def test_the_same_commit_gives_the_same_bytes(book, tmp_path, form):
    for name, zone in (("one", "UTC"), ("two", "Pacific/Apia")):
        done = book.run("facts", "--at", "HEAD", "--format", form, "--output", str(tmp_path / name), TZ=zone)
        assert (done.returncode, done.stdout) == (0, "")
    one, two = ({file.name: file.read_bytes() for file in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two
    assert one.keys() == {"facts.json", *(f"{table}.{form}" for table in registry.module_names("facts"))}


def test_facts_json_describes_each_file(book, tmp_path):
    commit = book.git("rev-parse", "HEAD").strip()
    book.run("facts", "incident", "state", "--at", "HEAD", "--output", str(tmp_path / "out"))
    content = json.loads((tmp_path / "out/facts.json").read_text())
    assert (content["format"], content["book"], content["commit"]) == (
        "servicebook.facts/1",
        "Test organisation",
        commit,
    )
    assert (content["as_of"], content["zone"]) == ("2026-04-05T10:00:00Z", "Europe/Amsterdam")
    assert content["tool"].keys() == {"servicebook", "tzdata", "duckdb"}
    assert content["unusable_files"] == 0
    assert content["tables"].keys() == {"incident", "state"}
    for name, table in content["tables"].items():
        file = tmp_path / "out" / table["file"]
        assert table["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
        assert table["columns"] == [column._asdict() for column in facts.columns(name)]
        read = duckdb.sql(f"SELECT column_name, column_type FROM (DESCRIBE FROM '{file}')").fetchall()
        assert read == [(column.name, column.type) for column in facts.columns(name)]
        assert duckdb.sql(f"SELECT count(*) FROM '{file}'").fetchall() == [(table["rows"],)]
    assert content["tables"]["incident"]["rows"] == 1


def test_csv_holds_no_formula_and_empty_cells_for_what_is_missing(book):
    done = book.run("facts", "incident", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(done.stdout))
    assert (row["category"], row["priority"], row["major"]) == ("'=1+1", "", "false")
    assert (row["opened_at"], row["restore_seconds"]) == ("2026-03-02T08:00:00Z", "5400")


def test_json_lines_are_objects(book):
    done = book.run("facts", "incident", "--format", "jsonl", "--as-of", "2026-03-02T09:00:00+01:00")
    (row,) = map(json.loads, done.stdout.splitlines())
    assert (row["status"], row["category"], row["resolved_at"], row["reopened"]) == ("new", "=1+1", None, 0)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("incidnet", "--format", "csv"), "There is no fact table “incidnet”.\n    → Did you mean incident?"),
        (("incident",), "Several tables, or Parquet, need a folder."),
        (("--format", "csv"), "Several tables, or Parquet, need a folder."),
        (("--output", "servicebook.toml"), "servicebook.toml cannot be written: File exists."),
        (("--output", "out", "--as-of", "noon"), "“noon” is not an instant."),
    ],
)
def test_misuse_is_told_in_a_sentence(book, arguments, message):
    done = book.run("facts", *arguments)
    assert done.returncode == 2
    assert message in done.stderr
