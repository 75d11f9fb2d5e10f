"""Where each segment of a timer stands: the record and the place in it of every fact."""

from memory import calendar, incident, make_book, matrix, sla
from servicebook.clock import Clock
from week import at


def segments(*events: str):
    exceptions = [
        {"date": "2026-03-04", "name": "Stocktaking"},
        {"date": "2026-03-05", "name": "Stocktaking"},
        {"date": "2026-03-06", "name": "Short day", "hours": [{"from": "09:00", "to": "12:00"}]},
    ]
    office = {**calendar()["versions"][0], "exceptions": exceptions}
    former = {**office, "valid_from": "2025-01-01", "valid_to": "2025-12-31"}
    book = make_book(calendar(former, {**office, "version": 2}), matrix(), sla(), incident(*events))
    timers = Clock(book).timers(book.record("INC-20260302-aaaa"), at("sun 23:00"))
    return [(part.what, part.why, part.record, part.pointer) for part in timers[-1].segments]


CASE, HOURS = "INC-20260302-aaaa", "CAL-office"


def test_closed_hours_stand_in_the_calendar_and_a_holiday_at_its_date():
    assert segments("2026-03-03T16:00:00+01:00 opened", "2026-03-06T10:00:00+01:00 resolved") == [
        ("counting", "", CASE, ("timeline", 0)),
        ("closed", "", HOURS, ("versions", 1, "weekly")),
        ("closed", "Stocktaking", HOURS, ("versions", 1, "exceptions", 0)),
        ("closed", "Stocktaking", HOURS, ("versions", 1, "exceptions", 1)),
        ("closed", "Short day", HOURS, ("versions", 1, "exceptions", 2)),
        ("counting", "", CASE, ("timeline", 0)),
    ]


def test_what_happened_stands_at_its_event():
    assert segments(
        "2026-03-02T09:00:00+01:00 opened",
        "2026-03-02T10:00:00+01:00 paused waiting-for-customer",
        "2026-03-02T11:00:00+01:00 resolved",
        "2026-03-02T12:00:00+01:00 reopened",
        "2026-03-02T13:00:00+01:00 resolved",
    ) == [
        ("counting", "", CASE, ("timeline", 0)),
        ("paused", "waiting-for-customer", CASE, ("timeline", 1)),
        ("resolved", "", CASE, ("timeline", 2)),
        ("counting", "", CASE, ("timeline", 3)),
    ]
