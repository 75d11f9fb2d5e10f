"""Facts that were gathered in folders: what is measured together must belong together, and is said when it does not."""

import json
from pathlib import Path

import pytest

from servicebook.errors import Problem
from servicebook.metrics.gathered import MANIFEST, gather


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
