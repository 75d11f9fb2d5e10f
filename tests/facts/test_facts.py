"""The fact tables: what stands in a row, and that every column is described and filled as it says."""

from datetime import UTC, datetime

import pytest

from building import Book as BookOnDisk
from memory import calendar, incident, make_book, matrix, sla
from servicebook import facts
from servicebook.book import read_book
from servicebook.clock import zone
from servicebook.errors import Problem
from servicebook.facts import Facts, Table
from servicebook.tree import CommitTree, open_tree

LATER = datetime(2026, 12, 31, tzinfo=UTC)
REOPENED = incident(
    "2026-03-31T21:50:00Z detected",
    "2026-03-31T22:05:00Z opened",
    "2026-03-31T22:10:00Z assigned",
    "2026-03-31T22:15:00Z responded",
    "2026-03-31T22:50:00Z restored",
    "2026-03-31T23:00:00Z resolved",
    "2026-04-01T08:00:00Z reopened",
    "2026-04-01T08:10:00Z assigned",
    "2026-04-01T09:00:00Z resolved",
    "2026-04-02T09:00:00Z closed",
    category="payment",
    channel="phone",
    source={"system": "servicenow", "claims": {"priority": "3 - Moderate", "made_sla": True}},
)


def computed(*incidents: dict, as_of: datetime = LATER) -> Facts:
    return facts.compute(make_book(calendar(), matrix(), sla(), *incidents), as_of)


def rows(table: Table) -> list[dict]:
    return [dict(zip([column.name for column in table.columns], row, strict=True)) for row in table.rows]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_an_incident_in_one_row():
    (row,) = rows(computed(REOPENED).tables["incident"])
    assert row == {
        "book": "Test",
        "id": "INC-20260302-aaaa",
        "path": "records/incidents/INC-20260302-aaaa.yaml",
        "service": "SVC-shop",
        "priority": "P3",
        "priority_missing": None,
        "impact": "medium",
        "urgency": "medium",
        "status": "closed",
        "category": "payment",
        "channel": "phone",
        "detected_at": at("2026-03-31T21:50:00Z"),
        "opened_at": at("2026-03-31T22:05:00Z"),
        "responded_at": at("2026-03-31T22:15:00Z"),
        "restored_at": at("2026-04-01T09:00:00Z"),  # what was restored before it came back does not count
        "first_resolved_at": at("2026-03-31T23:00:00Z"),
        "resolved_at": at("2026-04-01T09:00:00Z"),
        "closed_at": at("2026-04-02T09:00:00Z"),
        "opened_month": "2026-04",  # in Amsterdam it was past midnight
        "restored_month": "2026-04",
        "first_resolved_month": "2026-04",
        "resolved_month": "2026-04",
        "closed_month": "2026-04",
        "reopened": 1,
        "reassigned": 1,
        "restore_seconds": 11 * 3600 + 600,
        "claimed_priority": "3 - Moderate",
        "claimed_made_sla": "true",
        "major": False,
        "problem": None,
        "caused_by": None,
        "escalated": 0,
        "informed": 0,
        "respond_seconds": 600,
        "responded_month": "2026-04",
    }


def test_a_timer_in_one_row():
    _, row = rows(computed(REOPENED).tables["timer"])
    assert row["measure"] == "resolution"
    assert (row["sla"], row["sla_version"], row["calendar"], row["calendar_version"]) == (
        "SLA-shop",
        1,
        "CAL-office",
        1,
    )
    assert (row["limit_seconds"], row["counted_seconds"], row["paused_seconds"]) == (8 * 3600, 3600, 0)
    assert (row["state"], row["met"], row["left_out"]) == ("met", True, None)
    assert row["stopped_at"] == row["settled_at"] == at("2026-04-01T09:00:00Z")


def test_each_state_in_a_row():
    states = [(row["state"], row["ended_at"]) for row in rows(computed(REOPENED).tables["state"])]
    assert [state for state, _ in states] == ["new", "in-progress", "resolved", "in-progress", "resolved", "closed"]
    assert states[-1] == ("closed", None)


def test_what_comes_after_as_of_is_in_no_table():
    before = computed(REOPENED, as_of=at("2026-03-31T22:04:59Z"))
    assert all(table.rows == () for table in before.tables.values())
    (row,) = rows(computed(REOPENED, as_of=at("2026-03-31T22:30:00Z")).tables["incident"])
    assert (row["status"], row["resolved_at"], row["reopened"], row["restore_seconds"]) == (
        "in-progress",
        None,
        0,
        None,
    )


def test_without_a_priority_the_row_says_why():
    (row,) = rows(facts.compute(make_book(REOPENED), LATER).tables["incident"])
    assert (row["priority"], row["priority_missing"]) == (None, "no matrix version in force")


def test_without_an_sla_the_only_matrix_gives_the_priority():
    (row,) = rows(facts.compute(make_book(matrix(), REOPENED), LATER).tables["incident"])
    assert row["priority"] == "P3"
    (row,) = rows(facts.compute(make_book(matrix(), matrix(record_id="MTX-other"), REOPENED), LATER).tables["incident"])
    assert (row["priority"], row["priority_missing"]) == (None, "no SLA says which matrix")


def test_every_table_and_column_is_described():
    for table in computed().tables.values():
        assert table.description
        for column in table.columns:
            assert column.description.endswith("."), f"{table.name}.{column.name}"


# From when a report looks


def test_without_a_repository_the_latest_event_is_the_instant():
    assert facts.default_as_of(make_book(REOPENED)) == at("2026-04-02T09:00:00Z")


def test_in_a_repository_it_is_the_later_of_event_and_commit(tmp_path):
    book = BookOnDisk(tmp_path / "book")
    event = "2026-01-06T08:00:00Z"
    book.write("records/incidents/INC-20260106-aaaa.yaml", INCIDENT.format(at=event))
    first = book.commit("First", at="2026-01-05T09:00:00Z")
    assert default_as_of(book) == at(event)
    second = book.commit("Second", at="2026-01-07T09:00:00Z")
    assert default_as_of(book) == at("2026-01-07T09:00:00Z")
    assert default_as_of(book, first) == at(event)
    book.write("README.md", "changed, and not committed")
    assert default_as_of(book) == default_as_of(book, second)


def test_a_mistyped_year_moves_the_instant_only_until_it_is_committed(tmp_path):
    book = BookOnDisk(tmp_path / "book")

    def write(record: str, moment: str) -> None:
        text = INCIDENT.format(at=moment).replace("INC-20260106-aaaa", record)
        book.write(f"records/incidents/{record}.yaml", text)

    write("INC-20260106-aaaa", "2026-01-06T08:00:00Z")
    write("INC-20260106-bbbb", "2126-01-06T08:00:00Z")
    assert default_as_of(book) == at("2126-01-06T08:00:00Z")
    commit = book.commit("Two", at="2026-01-05T09:00:00Z")
    assert default_as_of(book) == default_as_of(book, commit) == at("2026-01-06T08:00:00Z")
    write("INC-20260306-cccc", "2026-03-06T10:00:00Z")
    assert default_as_of(book) == at("2026-03-06T10:00:00Z")
    book.commit("Three", at="2026-03-07T09:00:00Z")
    assert default_as_of(book) == at("2026-03-07T09:00:00Z")


def test_events_after_an_instant_are_counted():
    book = make_book(REOPENED)
    assert facts.events_after(book, at("2026-04-02T09:00:00Z")) == 0
    assert facts.events_after(book, at("2026-04-02T08:59:59Z")) == 1
    assert facts.latest_event(book, until=at("2026-04-02T08:59:59Z")) < at("2026-04-02T09:00:00Z")


def test_every_timeline_moves_the_instant_but_only_daily_work_the_default_period():
    requested = [{"at": "2026-07-01T09:00:00Z", "event": "requested"}]
    fields = {"category": "normal", "type": "component", "reason": "It ends.", "requester": {"role": "it-manager"}}
    change = {"id": "CHG-20260301-aaaa", **fields, "timeline": requested}
    book = make_book(REOPENED, change)
    assert facts.default_as_of(book) == at("2026-07-01T09:00:00Z")
    assert facts.latest_event(book) == at("2026-04-02T09:00:00Z")
    assert facts.events_after(book, at("2026-05-01T00:00:00Z")) == 1


def test_a_commit_of_another_age_is_told(tmp_path):
    book = BookOnDisk(tmp_path / "book")
    book.commit("From the future", at="@999999999999 +0000")
    with pytest.raises(Problem, match="claims to be made 999999999999 seconds after 1970"):
        default_as_of(book)


def test_without_event_and_commit_there_is_no_instant(tmp_path):
    with pytest.raises(Problem, match="no instant to look from"):
        default_as_of(BookOnDisk(tmp_path / "book"))


def default_as_of(book: BookOnDisk, revision: str | None = None) -> datetime:
    tree = open_tree(book.root, revision)
    try:
        return facts.default_as_of(read_book(tree))
    finally:
        if isinstance(tree, CommitTree):
            tree.close()


def test_a_day_as_instant_means_its_end():
    assert facts.parse_as_of("2026-03-31", zone("Europe/Amsterdam")) == at("2026-04-01T00:00:00+02:00")
    assert facts.parse_as_of("2026-03-31T12:00:00+02:00", zone("UTC")) == at("2026-03-31T10:00:00Z")


@pytest.mark.parametrize(
    "text", ["", "yesterday", "2026-02-30", "2026-03-31T12:00:00", "9999-12-31", "2500-01-01", "2026-03"]
)
def test_what_is_no_instant_is_refused(text):
    with pytest.raises(Problem, match="is not an instant"):
        facts.parse_as_of(text, zone("UTC"))


INCIDENT = """\
id: INC-20260106-aaaa
schema_version: 1
title: Payment page times out
impact: medium
urgency: medium
timeline:
  - at: "{at}"
    event: opened
"""
