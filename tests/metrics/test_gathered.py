"""Facts that were gathered in folders: what is measured together must belong together, and is said when it does not."""

import json
from pathlib import Path

import pytest

from memory import incident, make_record
from servicebook.errors import Problem
from servicebook.metrics.gathered import MANIFEST, gather
from servicebook.writing import record_text


def folder(root: Path, name: str, **changed) -> Path:
    """A folder of facts as the command writes it, as far as gathering looks at it."""
    made = root / name
    made.mkdir()
    content = {
        "format": "servicebook.facts/1", "book": name, "commit": None, "as_of": "2026-06-30T22:00:00Z",
        "zone": "Europe/Amsterdam", "unusable_files": 1, "tables": {"incident": {}},
    }  # fmt: skip
    (made / MANIFEST).write_text(json.dumps(content | changed))
    (made / "incident.parquet").write_bytes(b"PAR1")
    return made


def test_the_tables_of_all_books_and_what_they_could_not_use(tmp_path):
    found = gather([folder(tmp_path, "north"), folder(tmp_path, "south")])
    assert found.books == ("north", "south")
    assert found.tables == {"incident": tuple(tmp_path / name / "incident.parquet" for name in ("north", "south"))}
    assert (found.as_of.isoformat(), found.zone_name, found.unusable) == (
        "2026-06-30T22:00:00+00:00", "Europe/Amsterdam", 2,
    )  # fmt: skip


REFUSED = {
    "a book given twice": ({"book": "north"}, "The book “north” is given twice."),
    "another instant": ({"as_of": "2026-07-01T00:00:00Z"}, "The facts look from different instants: 2026-06-30T22"),
    "another zone": ({"zone": "Asia/Shanghai"}, "The books are in different time zones: Asia/Shanghai, Europe/A"),
    "another format": (
        {"format": "servicebook.facts/9"},
        "the format “servicebook.facts/9”, not servicebook.facts/1",
    ),
    "no instant": ({"as_of": "yesterday"}, "is not what servicebook facts writes."),
    "a table less": ({"tables": {}}, "has no table “incident”, and another book has."),
    "tables that are a list": ({"tables": []}, "is not what servicebook facts writes."),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_does_not_belong_together_is_refused(tmp_path, case):
    changed, message = REFUSED[case]
    with pytest.raises(Problem) as told:
        gather([folder(tmp_path, "north"), folder(tmp_path, "south", **changed)])
    assert message in told.value.message
    assert told.value.hint


def test_a_zone_that_is_named_cuts_the_periods(tmp_path):
    found = gather([folder(tmp_path, "north"), folder(tmp_path, "south", zone="Asia/Shanghai")], "Asia/Tokyo")
    assert str(found.zone) == "Asia/Tokyo"


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b'{"format": 1}', b"\xff"])
def test_a_manifest_that_is_none(tmp_path, content):
    made = folder(tmp_path, "north")
    (made / MANIFEST).write_bytes(content)
    with pytest.raises(Problem, match=r"facts\.json (is not what|has the format)"):
        gather([made])


def test_a_folder_without_facts_and_a_table_without_its_file(tmp_path):
    with pytest.raises(Problem, match=r"facts\.json cannot be read: No such file or directory\."):
        gather([tmp_path])
    made = folder(tmp_path, "north")
    (made / "incident.parquet").unlink()
    with pytest.raises(Problem, match=r"incident\.parquet is missing\."):
        gather([made])


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
