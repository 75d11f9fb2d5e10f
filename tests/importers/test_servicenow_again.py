"""Importing again: nothing changes, or only what is new is added; people's own work stays."""

from pathlib import Path

import pytest

from exports import BASE, Folder, as_csv, update
from servicebook.errors import Problem

FIRST = [update(0, "1 08:05", "New"), update(1, "1 09:00", "Active", assignment_group="A")]
LATER = [
    update(2, "1 09:00", "Awaiting User Info", assignment_group="A", impact="1 - High"),
    update(3, "2 10:00", "Resolved", assignment_group="B", impact="1 - High", close_notes="Restarted."),
]
PATH = "records/incidents/2016/03/INC1.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def rows(*updates: dict[str, str]) -> bytes:
    return as_csv(*({**row, "close_notes": row.get("close_notes", "")} for row in updates))


def edit(folder: Folder, old: str, new: str) -> None:
    path = folder.root / PATH
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_second_import_changes_nothing(folder: Folder) -> None:
    folder.take(rows(*FIRST))
    before = folder.bytes()
    ledger = folder.take(rows(*FIRST))
    assert folder.bytes() == before
    assert (ledger.unchanged, ledger.created, ledger.imported, ledger.merged) == (1, 0, 0, 2)


@pytest.mark.parametrize("whole", [True, False], ids=["whole log", "only the new rows"])
def test_later_rows_are_appended(folder: Folder, tmp_path: Path, whole: bool) -> None:
    folder.take(rows(*FIRST))
    ledger = folder.take(rows(*(FIRST if whole else []), *LATER))
    at_once = Folder(tmp_path / "at-once")
    at_once.take(rows(*FIRST, *LATER))
    assert folder.bytes() == at_once.bytes()
    assert (ledger.updated, ledger.imported, ledger.merged) == (1, 2, 2 if whole else 0)


def test_an_older_export_changes_nothing(folder: Folder) -> None:
    folder.take(rows(*FIRST, *LATER))
    before = folder.bytes()
    ledger = folder.take(rows(*FIRST))
    assert folder.bytes() == before
    assert ledger.kept == 1


def test_what_people_added_stays(folder: Folder) -> None:
    folder.take(rows(*FIRST))
    edit(folder, "timeline:", "lesson: Ask first.  # agreed in the review\ntimeline:")
    edit(folder, "    event: opened\n", "    event: opened\n    by: service-desk\n")
    edit(
        folder, "source:", '  - at: "2016-03-01T12:00:00Z"\n    event: workaround\n    note: Used the old one.\nsource:'
    )
    ledger = folder.take(rows(*FIRST))
    assert ledger.kept == 1
    ledger = folder.take(rows(*FIRST, *LATER))
    assert ledger.updated == 1
    text = (folder.root / PATH).read_text(encoding="utf-8")
    assert "lesson: Ask first.  # agreed in the review\n" in text
    assert folder.events() == [
        "1 08:00 opened service-desk",
        "1 09:00 assigned a",
        "1 09:00 responded",
        "1 09:00 reprioritised high medium",
        "1 09:00 paused waiting-for-user",
        "1 12:00 workaround Used the old one.",
        "2 10:00 assigned b",
        "2 10:00 resolved",
    ]
    assert folder.record()["resolution"]["summary"] == "Restarted."
    assert folder.record()["source"]["claims"]["sys_mod_count"] == 3


def test_what_cannot_be_continued_honestly_is_rejected(folder: Folder) -> None:
    folder.take(rows(*FIRST))
    edit(folder, "source:", '  - at: "2016-03-03T12:00:00Z"\n    event: cancelled\nsource:')
    before = folder.bytes()
    ledger = folder.take(rows(*FIRST, *LATER))
    assert folder.bytes() == before
    assert {rejection.sort for rejection in ledger.rejected.values()} == {"the source contradicts itself or the record"}


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("system: servicenow", "system: elsewhere", "another record has this id"),
        ("id: INC1", "id: &a INC1", "cannot be read"),
        ("impact: medium", "impact: huge", "is not valid"),
    ],
)
def test_a_record_that_is_not_ours_is_left_alone(folder: Folder, old: str, new: str, reason: str) -> None:
    folder.take(rows(*FIRST))
    edit(folder, old, new)
    before = folder.bytes()
    ledger = folder.take(rows(*FIRST, *LATER))
    assert folder.bytes() == before
    assert all(reason in rejection.sort for rejection in ledger.rejected.values())
    assert len(ledger.rejected) == 4


def test_a_record_that_was_moved_is_found(folder: Folder) -> None:
    folder.take(rows(*FIRST))
    moved = folder.root / "records/incidents/elsewhere/INC1.yaml"
    moved.parent.mkdir()
    (folder.root / PATH).rename(moved)
    assert folder.take(rows(*FIRST, *LATER)).updated == 1
    assert folder.paths() == ["records/incidents/elsewhere/INC1.yaml"]


def ticket(state: str, updated: str, **changes: str) -> bytes:
    """A list export of one ticket."""
    row = {**BASE, "incident_state": state, "opened_at": "1/3/2016 08:00", "sys_updated_at": updated, **changes}
    return as_csv({"reopened_time": "", **row})


def test_a_list_tells_only_what_has_a_time(folder: Folder) -> None:
    ledger = folder.take(ticket("Active", "1/3/2016 09:00", assignment_group="A", sys_mod_count="3"))
    assert folder.events() == ["1 08:00 opened"]
    assert folder.record()["source"]["claims"]["assignment_group"] == "a"
    assert any("does not say since when" in sentence for sentence in ledger.notices)


def test_a_list_continues_a_list(folder: Folder) -> None:
    resolved = {"resolved_at": "2/3/2016 09:00"}
    folder.take(ticket("2", "1/3/2016 09:00", sys_mod_count="3"))
    folder.take(ticket("2", "1/3/2016 10:00", sys_mod_count="4", impact="1"))
    folder.take(ticket("6", "2/3/2016 09:00", sys_mod_count="5", impact="1", **resolved))
    folder.take(ticket("7", "7/3/2016 09:00", sys_mod_count="6", impact="1", closed_at="7/3/2016 09:00", **resolved))
    again = {"reopened_time": "8/3/2016 10:00", "impact": "1", "closed_at": "7/3/2016 09:00"}
    folder.take(ticket("2", "8/3/2016 12:00", sys_mod_count="7", **again, **resolved))
    folder.take(ticket("6", "9/3/2016 12:00", sys_mod_count="8", **again, resolved_at="9/3/2016 12:00"))
    assert folder.events() == [
        "1 08:00 opened",
        "1 10:00 reprioritised high medium First seen in the export at this time; it may have happened before.",
        "2 09:00 resolved",
        "7 09:00 closed",
        "8 10:00 reopened",
        "9 12:00 resolved",
    ]


@pytest.mark.parametrize(
    ("state", "changes", "detail"),
    [
        ("6", {}, "it is resolved, but the export does not say since when"),
        ("7", {"resolved_at": "3/3/2016 09:00", "closed_at": "2/3/2016 09:00"}, "but resolved at 2016-03-03T09:00:00Z"),
        ("6", {"resolved_at": "1/3/2016 07:00"}, "but opened at 2016-03-01T08:00:00Z"),
    ],
)
def test_a_list_that_contradicts_itself_is_rejected(
    folder: Folder, state: str, changes: dict[str, str], detail: str
) -> None:
    ledger = folder.take(ticket(state, "9/3/2016 09:00", **changes))
    assert detail in ledger.rejected[0].detail
    assert folder.paths() == []


def test_a_closed_ticket_of_a_list_without_resolution_says_so(folder: Folder) -> None:
    folder.take(ticket("7", "9/3/2016 09:00", closed_at="9/3/2016 09:00"))
    assert folder.events()[1:] == [
        "9 09:00 resolved The source closed this ticket without showing it as resolved.",
        "9 09:00 closed",
    ]


def test_the_service_must_be_in_the_book(folder: Folder) -> None:
    with pytest.raises(Problem, match="no service “SVC-x”"):
        folder.take(rows(*FIRST), service="SVC-x")
    assert folder.paths() == []
