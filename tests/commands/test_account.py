"""How explain tells a clock: every fact with its line, days that differ in nothing folded, sums that stay the same."""

from datetime import UTC, datetime

import pytest

from memory import calendar, incident, make_book, make_record, matrix, sla, targets
from servicebook import __version__
from servicebook.clock import TZDATA_VERSION, timers
from servicebook.clock.account import MOST, account
from servicebook.commands._account import length
from servicebook.writing import record_text

AS_OF = datetime(2026, 12, 31, tzinfo=UTC)
SERVICE = {
    "id": "SVC-shop", "owner": "it-manager", "criticality": "vital", "live_from": "2025-01-01",
}  # fmt: skip
LONG = incident(
    "2026-03-02T09:00:00+01:00 opened",
    "2026-03-02T10:00:00+01:00 responded",
    "2026-06-01T12:00:00+02:00 resolved",
)


def the_resolution(record, **given):
    book = make_book(calendar(), matrix(), sla(targets("resolution P3 8h working")), record, **given)
    found = next(record for record in book.records("incident"))
    return book, found, next(timer for timer in timers(book, found, AS_OF) if timer.measure == "resolution")


def test_months_of_working_days_are_a_few_lines_with_the_same_sum():
    _, _, timer = the_resolution(LONG)
    whole, folded = account(timer, most=None), account(timer)
    assert len(whole) == len(timer.segments) > 100
    assert len(folded) == 2 < MOST
    assert (folded[0].start, folded[-1].end) == (timer.start, timer.stop)
    for lines in (whole, folded):
        assert sum(line.seconds for line in lines if line.what == "counting") == timer.counted_seconds
        assert sum(line.seconds + line.closed_seconds for line in lines) == (timer.stop - timer.start).total_seconds()


def test_a_folded_line_names_the_holidays_within():
    _, _, timer = the_resolution(incident("2026-11-02T09:00:00+01:00 opened", "2026-12-30T12:00:00+01:00 resolved"))
    (line,) = account(timer)
    assert line.closed_why == ("Christmas Day",)
    assert line.days == sum(part.what == "counting" for part in timer.segments)


def test_what_is_short_is_told_part_by_part():
    _, _, timer = the_resolution(incident("2026-03-02T16:00:00+01:00 opened", "2026-03-03T10:00:00+01:00 resolved"))
    assert [(line.what, line.seconds) for line in account(timer)] == [
        ("counting", 3600), ("closed", 16 * 3600), ("counting", 3600),
    ]  # fmt: skip


def written(book, *records):
    """The records as files of a book, its only commit long after them."""
    for data in records:
        record = make_record(data)
        book.write(record.path, record_text(record.path, record.kind, record.data))
    book.commit("Records", at="2026-12-31T12:00:00+01:00")


def test_the_lines_name_the_outcome_the_target_and_the_sum(book):
    written(book, SERVICE, calendar(), matrix(), sla(targets("resolution P3 8h working")), LONG)
    lines = book.run("explain", LONG["id"]).stdout.splitlines()
    assert lines[1] == f"As of 2026-12-31T12:00:00+01:00, servicebook {__version__}, time-zone data {TZDATA_VERSION}."
    first = next(place for place, line in enumerate(lines) if line.startswith("resolution: "))
    # 13 weeks of five days of eight hours, and the morning of 1 June.
    assert lines[first] == "resolution: breached, 515h over. Counted 523h of 8h."
    assert "P3 by SLA-shop version 1, hours of CAL-office version 1 (records/slas/SLA-shop.yaml:" in lines[first + 1]
    assert lines[-1] == "  Sum of what counted: 523h"
    assert len(lines) < 20
    assert len(book.run("explain", LONG["id"], "--whole").stdout.splitlines()) > 100


def test_what_the_source_claims_is_quoted_with_its_line(book):
    written(book, {**LONG, "source": {"system": "servicenow", "claims": {"made_sla": False}}})
    said = book.run("explain", LONG["id"]).stdout.splitlines()[2]
    assert said.startswith("The source claims made_sla: false (records/incidents/")
    path, line = said.rpartition("(")[2].rstrip(").").split(":")
    assert "made_sla" in (book.root / path).read_text().splitlines()[int(line) - 1]


@pytest.mark.parametrize(("seconds", "text"), [(0, "0m"), (None, "0m"), (59, "59s"), (3600, "1h"), (3661, "1h1m1s")])
def test_lengths(seconds, text):
    assert length(seconds) == text


def test_what_is_unusual_in_a_target_and_the_rules_that_were_agreed_are_told(book):
    target = {"measure": "resolution", "limit": "8h", "time": "working", "from": "assigned", "assigned_to": "network"}
    rules = {"reopening": "new", "exactly_on_limit": "breached"}
    early, late = targets("response P3 1h working"), targets() | {"targets": [target], "clock_rules": rules}
    agreed = sla(early | {"valid_to": "2026-01-31"}, late | {"valid_from": "2026-02-01"})
    record = incident(
        "2026-03-02T09:00:00+01:00 opened",
        "2026-03-02T10:00:00+01:00 assigned",
        "2026-03-02T18:00:00+01:00 resolved",
        "2026-03-03T09:00:00+01:00 reopened",
        "2026-03-03T17:00:00+01:00 resolved",
    )
    record["timeline"][1]["to"] = "network"
    written(book, SERVICE, calendar(), matrix(), agreed, record)
    lines = book.run("explain", record["id"]).stdout.splitlines()
    assert "resolution: met. Counted 7h of 8h." in lines
    assert "resolution, run 2: breached. Counted 8h of 8h." in lines
    assert any(", from assigned, while assigned to network (records/slas/SLA-shop.yaml:" in line for line in lines)
    told = next(line for line in lines if line.startswith("  Rules "))
    assert told.startswith("  Rules    reopening: new, exactly on limit: breached (records/slas/SLA-shop.yaml:")
    left = next(line for line in lines if line.startswith("response: no clock ran"))
    assert "because: no response target for P3. See SLA-shop version 2 (records/slas/SLA-shop.yaml:" in left


def test_a_release_names_the_part_of_the_agreement_that_gives_it(book):
    period = {"from": "2026-03-02", "to": "2026-03-02"}
    agreed = sla(targets("resolution P3 8h working") | {"exceptions": [{"text": "Stock-taking", "period": period}]})
    written(book, SERVICE, calendar(), matrix(), agreed, LONG)
    said = next(line for line in book.run("explain", LONG["id"]).stdout.splitlines() if line.startswith("resolution"))
    assert "because: exception: Stock-taking. See SLA-shop version 1 (" in said
    path, line = said.rpartition("(")[2].rstrip(").").split(":")
    assert (book.root / path).read_text().splitlines()[int(line) - 1].strip() == "exceptions:"
