"""A log becomes a timeline that says what the rows show, and no more."""

from pathlib import Path

import pytest

from exports import BASE, Folder, as_csv, update
from servicebook.clock import zone
from servicebook.importers._standing import Snapshot, Update
from servicebook.importers._tickets import in_order
from servicebook.importers._times import Times


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


def test_a_ticket_from_first_to_last(folder: Folder) -> None:
    ledger = folder.take(
        as_csv(
            update(0, "1 08:05", "New", assignment_group="Service Desk"),
            update(1, "1 08:30", "New", assignment_group="Service Desk"),
            update(2, "1 09:00", "Active", assignment_group="Service Desk"),
            update(3, "1 09:10", "Awaiting User Info", assignment_group="Network"),
            update(4, "2 09:00", "Awaiting Vendor", assignment_group="Network"),
            update(5, "2 10:00", "Active", assignment_group="?", impact="1 - High"),
            update(6, "2 11:00", "Resolved", impact="1 - High"),
            update(7, "2 11:30", "Resolved", impact="1 - High"),
            update(8, "7 11:00", "Closed", impact="1 - High", made_sla="false", priority="2 - High"),
        )
    )
    assert folder.paths() == ["records/incidents/2016/03/INC1.yaml"]
    assert folder.events() == [
        "1 08:00 opened",
        "1 08:05 assigned service-desk",
        "1 09:00 responded",
        "1 09:10 assigned network",
        "1 09:10 paused waiting-for-user",
        "2 09:00 resumed",
        "2 09:00 paused waiting-for-vendor",
        "2 10:00 reprioritised high medium",
        "2 10:00 resumed",
        "2 11:00 resolved",
        "7 11:00 closed",
    ]
    record = folder.record()
    assert (record["impact"], record["urgency"]) == ("medium", "medium")
    assert record["source"]["claims"]["made_sla"] is False
    assert record["source"]["claims"]["priority"] == "2 - High"
    assert record["source"]["claims"]["sys_mod_count"] == 8
    assert (ledger.imported, ledger.merged, ledger.created) == (7, 2, 1)


@pytest.mark.parametrize(
    ("rows", "events"),
    [
        (  # final values stand on early rows
            [update(0, "1 08:05", "New", resolved_at="2/3/2016 10:00"), update(1, "3 10:00", "Resolved")],
            ["1 08:00 opened", "3 10:00 resolved"],
        ),
        (  # created in work: the response is the first row
            [update(0, "1 08:05", "Active"), update(1, "1 09:00", "Resolved")],
            ["1 08:00 opened", "1 08:05 responded", "1 09:00 resolved"],
        ),
        (
            [
                update(0, "1 08:05", "Resolved"),
                update(1, "2 09:00", "Awaiting User Info"),
                update(2, "3 09:00", "Closed"),
            ],
            [
                "1 08:00 opened",
                "1 08:05 resolved",
                "2 09:00 reopened",
                "2 09:00 paused waiting-for-user",
                "3 09:00 resolved The source closed this ticket without showing it as resolved.",
                "3 09:00 closed",
            ],
        ),
        (
            [update(0, "1 08:05", "Closed"), update(1, "2 09:00", "Resolved"), update(2, "3 09:00", "Closed")],
            [
                "1 08:00 opened",
                "1 08:05 resolved The source closed this ticket without showing it as resolved.",
                "1 08:05 closed",
                "2 09:00 reopened",
                "2 09:00 resolved",
                "3 09:00 closed",
            ],
        ),
        (
            [update(0, "1 08:05", "Active"), update(1, "2 09:00", "New"), update(2, "2 10:00", "New")],
            ["1 08:00 opened", "1 08:05 responded", "2 09:00 note The source set the state back to New."],
        ),
        (
            [update(0, "1 08:05", "Active"), update(1, "2 09:00", "-100"), update(2, "2 10:00", "-100")],
            [
                "1 08:00 opened",
                "1 08:05 responded",
                "2 09:00 note The source shows a state that has no name here: -100.",
            ],
        ),
        (
            [update(0, "1 08:05", "New"), update(1, "2 09:00", "Canceled"), update(2, "2 10:00", "Closed")],
            ["1 08:00 opened", "2 09:00 cancelled"],
        ),
        (  # impact changed after the end counts when the ticket comes back
            [
                update(0, "1 08:05", "Resolved"),
                update(1, "2 09:00", "Resolved", impact="3 - Low"),
                update(2, "2 10:00", "Closed", impact="3 - Low"),
                update(3, "3 10:00", "Active", impact="3 - Low"),
            ],
            [
                "1 08:00 opened",
                "1 08:05 resolved",
                "2 09:00 note After it was resolved, the source set impact to low and urgency to medium.",
                "2 10:00 closed",
                "3 10:00 reopened",
                "3 10:00 reprioritised low medium",
            ],
        ),
        (  # the log begins in the middle
            [update(4, "1 08:05", "Active"), update(5, "2 09:00", "Resolved")],
            [
                "1 08:00 opened",
                "1 08:05 responded First seen in the export at this time; it may have happened before.",
                "2 09:00 resolved",
            ],
        ),
        (  # updated before it was opened
            [update(0, "1 07:05", "New", assignment_group="A"), update(1, "1 09:00", "Active", assignment_group="A")],
            [
                "1 08:00 opened The source carries updates from before the ticket was opened: 2016-03-01T07:05:00Z.",
                "1 09:00 assigned a",
                "1 09:00 responded",
            ],
        ),
    ],
    ids=[
        "final values", "created in work", "reopened", "closed is undone", "back to new", "no name", "cancelled",
        "late impact", "middle", "before opening",
    ],
)  # fmt: skip
def test_what_rows_show(folder: Folder, rows: list[dict[str, str]], events: list[str]) -> None:
    ledger = folder.take(as_csv(*rows))
    assert not ledger.rejected
    assert folder.events() == events


def test_rows_may_be_scattered_and_out_of_order(folder: Folder, tmp_path: Path) -> None:
    rows = [update(0, "1 08:05", "New"), update(1, "1 08:05", "Active"), update(2, "1 08:05", "Resolved")]
    other = [{**row, "number": "INC2"} for row in rows]
    folder.take(as_csv(*rows, *other))
    shuffled = Folder(tmp_path / "shuffled")
    shuffled.take(as_csv(other[2], rows[1], rows[2], other[0]), as_csv(rows[0], other[1]), form="log")
    assert shuffled.bytes() == folder.bytes()


def test_where_count_and_time_disagree_the_time_decides(folder: Folder) -> None:
    ledger = folder.take(
        as_csv(update(2, "1 08:05", "New"), update(1, "1 09:00", "Active"), update(3, "1 10:00", "Closed"))
    )
    assert [event.split()[2] for event in folder.events()][:3] == ["opened", "responded", "resolved"]
    assert any("contradicts" in sentence for sentence in ledger.notices)


def test_when_clocks_go_back_the_count_tells_the_hour() -> None:
    times = Times("iso", zone("Europe/Amsterdam"))
    seen = Snapshot("new", "", "", "low", "low", "New")
    walls = ["2016-10-30 02:50", "2016-10-30 02:10", "2016-10-30 02:20", "2016-10-30 03:05"]
    updates = [Update(times.read(wall), count, count, seen) for count, wall in enumerate(walls)]
    ordered = in_order(updates, times.later)
    assert [update.version for update in ordered] == [0, 1, 2, 3]
    assert [times.write(update.at)[11:] for update in ordered] == [
        "02:50:00+02:00", "02:10:00+01:00", "02:20:00+01:00", "03:05:00+01:00",
    ]  # fmt: skip


def test_references_keep_the_sources_numbers(folder: Folder) -> None:
    folder.take(as_csv({**BASE, "problem_id": "PRB1", "rfc": "CHG1", "caused_by": "CHG2"}))
    assert [(r["type"], r["number"]) for r in folder.record()["references"]] == [
        ("problem", "PRB1"), ("change", "CHG1"), ("causing-change", "CHG2"),
    ]  # fmt: skip


def test_persons_are_left_out_and_every_column_is_accounted_for(folder: Folder) -> None:
    row = {**BASE, "caller_id": "Somebody", "location": "Room 1", "u_extra": "kept", "u_other": "dropped"}
    ledger = folder.take(as_csv(row), keep=("u_extra",))
    text = next(iter(folder.bytes().values())).decode()
    assert "Somebody" not in text
    assert "Room 1" not in text
    assert folder.record()["source"]["claims"]["u_extra"] == "kept"
    uses = {column.name: column for column in ledger.columns}
    assert set(uses) == set(row)
    assert uses["caller_id"].why == "names a person"
    assert "--keep u_other" in uses["u_other"].why


def test_text_that_a_record_cannot_hold_is_shown_as_such(folder: Folder) -> None:
    ledger = folder.take(as_csv({**BASE, "short_description": "Path \u202aC:\\\x0b x", "close_notes": "one\rtwo"}))
    assert folder.record()["title"] == "Path �C:\\� x"
    assert any("cannot hold" in sentence for sentence in ledger.notices)


def test_a_resolution_is_written_where_the_source_tells_one(folder: Folder) -> None:
    told = {"close_code": "Solved (Work Around)", "close_notes": "Restarted it."}
    folder.take(as_csv(update(0, "1 09:00", "New", **told), update(1, "1 10:00", "Resolved", **told)))
    assert folder.record()["resolution"] == {"code": "workaround", "summary": "Restarted it."}
