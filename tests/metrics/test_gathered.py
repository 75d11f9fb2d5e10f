"""Facts that were gathered in folders: what is measured together must belong together, and is said when it does not."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from typing import Any

import duckdb
import pytest

from memory import incident, make_record
from servicebook.errors import Problem
from servicebook.facts import Table, columns
from servicebook.metrics.duckdb_engine import DuckDB
from servicebook.metrics.gathered import gather
from servicebook.metrics.loading import write_parquet
from servicebook.metrics.manifest import LARGEST, MANIFEST
from servicebook.metrics.metric import parse
from servicebook.writing import record_text

VALUES = {"VARCHAR": "x", "BIGINT": 1, "DOUBLE": 0.5, "BOOLEAN": True, "TIMESTAMP": datetime(2026, 3, 1, tzinfo=UTC)}


def folder(root: Path, name: str, **changed: Any) -> Path:
    """A folder of facts as the command writes it: one row in each of two tables."""
    made = root / name
    made.mkdir()
    tables = {}
    for table in ("incident", "pause"):
        row = (name, *(VALUES[column.type] for column in columns(table)[1:]))
        write_parquet(Table(table, "", columns(table), [row]), made / f"{table}.parquet")
        tables[table] = {"file": f"{table}.parquet", "rows": 1}
    content = {
        "format": "servicebook.facts/1", "book": name, "commit": None, "as_of": "2026-06-30T22:00:00Z",
        "zone": "Europe/Amsterdam", "unusable_files": 1, "tables": tables,
    }  # fmt: skip
    (made / MANIFEST).write_text(json.dumps(content))
    sign(made)
    change(made, lambda content: content.update(changed))
    return made


def change(made: Path, how: Callable[[dict[str, Any]], object]) -> None:
    """Change the manifest of a folder."""
    content = json.loads((made / MANIFEST).read_text())
    how(content)
    (made / MANIFEST).write_text(json.dumps(content))


def sign(made: Path) -> None:
    """Let the manifest tell the SHA-256 of each file as it now is."""

    def digests(content: dict[str, Any]) -> None:
        for table in content["tables"].values():
            table["sha256"] = hashlib.sha256((made / table["file"]).read_bytes()).hexdigest()

    change(made, digests)


def test_the_tables_of_all_books_and_what_they_could_not_use(tmp_path):
    found = gather([folder(tmp_path, "north"), folder(tmp_path, "south")])
    assert found.books == ("north", "south")
    assert found.tables == {
        table: tuple(tmp_path / name / f"{table}.parquet" for name in ("north", "south"))
        for table in ("incident", "pause")
    }
    assert (found.as_of.isoformat(), found.zone_name, found.unusable) == (
        "2026-06-30T22:00:00+00:00", "Europe/Amsterdam", 2,
    )  # fmt: skip


REFUSED = {
    "a book given twice": ({"book": "north"}, "The book “north” is given twice."),
    "another instant": (
        {"as_of": "2026-07-01T00:00:00Z"},
        "The facts look from different instants: 2026-06-30T22:00:00+00:00, 2026-07-01T00:00:00+00:00.",
    ),
    "another zone": ({"zone": "Asia/Shanghai"}, "The books are in different time zones: Asia/Shanghai, Europe/A"),
    "another format": (
        {"format": "servicebook.facts/9"},
        "the format “servicebook.facts/9”, not servicebook.facts/1",
    ),
    "another book's rows": ({"book": "east"}, "incident.parquet does not hold 1 rows of “east” alone."),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_does_not_belong_together_is_refused(tmp_path, case):
    changed, message = REFUSED[case]
    with pytest.raises(Problem) as told:
        gather([folder(tmp_path, "north"), folder(tmp_path, "south", **changed)])
    assert message in told.value.message
    assert told.value.hint


def test_a_table_that_one_book_lacks(tmp_path):
    north, south = folder(tmp_path, "north"), folder(tmp_path, "south")
    change(south, lambda content: content["tables"].pop("pause"))
    with pytest.raises(Problem, match="south has no table “pause”, and another book has"):
        gather([north, south])


def test_a_zone_that_is_named_cuts_the_periods(tmp_path):
    found = gather([folder(tmp_path, "north"), folder(tmp_path, "south", zone="Asia/Shanghai")], "Asia/Tokyo")
    assert str(found.zone) == "Asia/Tokyo"


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"null", b'{"format": 1}', b"\xff", b"[" * 200_000, b'{"a":' * 100_000, b" " * LARGEST + b"{}"],
    ids=lambda content: repr(content[:9]),
)
def test_a_manifest_that_is_none(tmp_path, content):
    made = folder(tmp_path, "north")
    (made / MANIFEST).write_bytes(content)
    with pytest.raises(Problem, match=r"facts\.json (is not what|has the format)"):
        gather([made])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("book", None), ("book", ""), ("book", 1), ("as_of", "yesterday"), ("as_of", "9999-12-31T00:00:00Z"),
        ("as_of", "2026-02-30T00:00:00Z"), ("as_of", "9999-12-31T23:59:59-01:00"), ("as_of", "2026-06-30"),
        ("as_of", 1),
        ("zone", "Mars/North"), ("zone", ["UTC"]), ("zone", None), ("unusable_files", "x"), ("unusable_files", [1]),
        ("unusable_files", -1), ("unusable_files", True), ("unusable_files", 1.5), ("tables", {}), ("tables", []),
        ("tables", "incident"),
    ],
)  # fmt: skip
def test_a_field_of_the_manifest_that_cannot_be(tmp_path, field, value):
    with pytest.raises(Problem, match=rf"facts\.json: {field} cannot be “"):
        gather([folder(tmp_path, "north", **{field: value})])


@pytest.mark.parametrize(
    ("tables", "message"),
    [
        ({"../f-parquet/incident": {}}, "facts.json has a table “../f-parquet/incident”, which this version"),
        ({"incident": None}, "incident: file cannot be “None”."),
        ({"incident": {"file": "incident.csv", "rows": 1, "sha256": "0" * 64}}, "is “incident.csv”, not incident.parq"),
        ({"incident": {"file": "incident.parquet", "rows": "1", "sha256": "0" * 64}}, "incident: rows cannot be “1”."),
        ({"incident": {"file": "incident.parquet", "rows": 1, "sha256": "0"}}, "incident: sha256 cannot be “0”."),
    ],
)
def test_a_table_of_the_manifest_that_cannot_be(tmp_path, tables, message):
    with pytest.raises(Problem) as told:
        gather([folder(tmp_path, "north", tables=tables)])
    assert message in told.value.message


def test_a_folder_without_facts_and_a_table_without_its_file(tmp_path):
    with pytest.raises(Problem, match=r"facts\.json cannot be read: No such file or directory\."):
        gather([tmp_path])
    made = folder(tmp_path, "north")
    (made / "incident.parquet").unlink()
    with pytest.raises(Problem, match=r"incident\.parquet is missing\."):
        gather([made])


def test_a_file_that_is_not_the_one_described(tmp_path):
    made = folder(tmp_path, "north")
    with (made / "incident.parquet").open("ab") as file:
        file.write(b" ")
    with pytest.raises(Problem, match=r"incident\.parquet is not the file that facts\.json describes"):
        gather([made])
    sign(made)
    with pytest.raises(Problem, match=r"incident\.parquet cannot be read: .*magic bytes"):
        gather([made])


@pytest.mark.parametrize(
    ("select", "message"),
    [
        (
            "* REPLACE (opened_at::VARCHAR AS opened_at)",
            "has the column opened_at TIMESTAMP, it has “opened_at VARCHAR”.",
        ),
        ("*, 1 AS more", "has the column none, it has “more INTEGER”."),
        ("* EXCLUDE (book)", "has the column book VARCHAR, it has “id VARCHAR”."),
        ("* REPLACE (NULL::VARCHAR AS book)", "does not hold 1 rows of “north” alone."),
        ("* REPLACE (unnest(['north', 'south']) AS book)", "does not hold 1 rows of “north” alone."),
        ("* REPLACE (unnest(['north', 'north']) AS book)", "does not hold 1 rows of “north” alone."),
    ],
)
def test_a_file_with_other_columns_or_rows(tmp_path, select, message):
    made = folder(tmp_path, "north")
    file = made / "incident.parquet"
    duckdb.sql(f"CREATE OR REPLACE TEMP TABLE other AS SELECT {select} FROM '{file}'")
    duckdb.sql(f"COPY other TO '{file}' (FORMAT parquet)")
    sign(made)
    with pytest.raises(Problem) as told:
        gather([made])
    assert message in told.value.message
    assert told.value.message.startswith(str(file))


def test_only_tables_of_the_manifest_are_loaded(tmp_path):
    made = folder(tmp_path, "north")
    change(made, lambda content: content["tables"].pop("pause"))
    found = gather([made])
    engine = DuckDB.from_files(found.tables, found.as_of, found.zone)
    header = b"-- title: x\n-- definition: x\n-- unit: x\n-- better: lower\n-- aggregate: count\n-- source: x\n"
    query = b"SELECT id, 1 AS value, NULL AS left_out FROM pause"
    with pytest.raises(Problem, match="there is no fact table “pause”"):
        engine.columns(parse("own", "own.sql", header + query))


class TestCommand:
    """`servicebook metrics --facts DIR …`."""

    @pytest.fixture
    def facts(self, book, tmp_path):
        """A book of two incidents, and the folder of its facts."""
        for record in (
            incident("2026-03-02T09:00:00+01:00 opened", "2026-03-02T12:00:00+01:00 resolved", record_id="INC-1"),
            incident("2026-03-03T09:00:00+01:00 opened", record_id="INC-2"),
        ):
            made = make_record(record)
            book.write(made.path, record_text(made.path, made.kind, made.data))
        book.commit("Incidents", at="2026-04-01T12:00:00+02:00")
        done = book.run("facts", "--format", "parquet", "--output", str(tmp_path / "facts"))
        assert done.returncode == 0, done.stderr
        return str(tmp_path / "facts")

    def test_the_figures_are_those_of_the_book(self, book, facts):
        asked = ("metrics", "incidents-opened", "time-to-restore", "--period", "2026-03", "--format", "json")
        here, there = (json.loads(book.run(*asked, *more).stdout) for more in ((), ("--facts", facts)))
        groups = [[measure["groups"] for measure in said["measures"]] for said in (here, there)]
        assert groups[0] == groups[1]
        assert here["measures"][0]["groups"][0]["values"] == {"count": 2}
        assert (here["books"], here["as_of"], here["zone"]) == (there["books"], there["as_of"], there["zone"])
        assert there["commit"] is None

    def test_two_folders_of_one_book_are_not_two_books(self, book, facts, tmp_path):
        copied = tmp_path / "book=copy"
        copytree(facts, copied)
        change(copied, lambda content: content.update(book="Other"))
        done = book.run("metrics", "incidents-opened", "--facts", facts, "--facts", str(copied))
        assert (done.returncode, done.stdout) == (2, "")
        assert "rows of “Other” alone.\n    → Make the facts again" in done.stderr

    def test_a_folder_may_have_any_name(self, book, facts, tmp_path):
        asked = ("metrics", "incidents-opened", "--period", "2026-03", "--by", "book", "--format", "csv")
        expected = book.run(*asked, "--facts", facts)
        for name in ("book=copy", "a[1]*", "数 1"):
            copytree(facts, tmp_path / name)
            assert book.run(*asked, "--facts", str(tmp_path / name)).stdout == expected.stdout
        assert ",Test organisation," in expected.stdout

    def test_it_needs_no_book_around_it(self, book, facts, tmp_path):
        done = book.run("-C", str(tmp_path), "metrics", "incidents-opened", "--facts", facts, "--period", "2026-03")
        assert done.returncode == 0, done.stderr
        assert "gathered facts of 1 book" in done.stdout.splitlines()[0]

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            (("--facts", "{facts}", "--as-of", "2026-03-01"), "--at and --as-of do not go with --facts."),
            (("--engine", "spark"), "--engine spark goes with gathered facts."),
            (("--zone", "Asia/Tokyo"), "--zone goes with gathered facts."),
            (("--facts", "{facts}", "--facts", "{facts}"), "is given twice."),
            (("--facts", "{facts}", "--zone", "Mars/North"), "There is no time zone “Mars/North”"),
        ],
    )
    def test_options_that_do_not_go_together(self, book, facts, options, message):
        done = book.run("metrics", *(option.format(facts=facts) for option in options))
        assert (done.returncode, done.stdout) == (2, "")
        assert message in done.stderr
        assert "→" in done.stderr
