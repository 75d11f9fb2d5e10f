"""Figures from the test suites of other service desks (`shared/data/sla/cases.json`): ours are the same.

Each is put to the calendar and to the clock, as an incident opened and resolved. Their calendars name holidays by
month and day; ours write dates out. An end before the start works nothing. The pause cases that were published have
none, so each is also run with a pause over the middle of its time.
"""

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from memory import calendar, incident, make_book, matrix, sla, targets
from oracle import minutes
from oracle.hours import minute_of, open_minutes
from servicebook.clock import Calendar, Clock, Timer

CASES = Path(__file__).parents[3] / "shared" / "data" / "sla" / "cases.json"
YEARS = range(2004, 2026)
EARLY = {"valid_from": "2000-01-01"}
RECORD = "INC-20260302-aaaa"

pytestmark = pytest.mark.skipif(not CASES.is_file(), reason="the published cases are not beside the repository")


def cases(name: str) -> list:
    if not CASES.is_file():
        return []
    return [pytest.param(case, id=case["id"]) for case in json.loads(CASES.read_text(encoding="utf-8"))[name]]


def laid_out(given: dict) -> dict:
    weekly = [
        {"days": [day], "hours": [{"from": start, "to": end} for start, end in hours]}
        for day, hours in given["weekly"].items()
        if hours
    ]
    dates = [f"{year}-{day}" for year in YEARS for day in given["annual_holidays"]] + given["dates_off"]
    closed = [{"date": date, "name": "holiday"} for date in dates]
    return {"zone": given["timezone"], "weekly": weekly, "exceptions": closed}


def resolution(case: dict, *events: str, as_of: str, limit: str = "1h") -> Timer | None:
    """The timer of an incident with these events under a target in the hours of the case."""
    book = make_book(
        calendar({**laid_out(case["calendar"]), **EARLY}),
        matrix({**matrix()["versions"][0], **EARLY}),
        sla({**targets(f"resolution P3 {limit} working"), **EARLY}),
        incident(*events),
        zone="UTC",
    )
    timers = Clock(book).timers(book.record(RECORD), datetime.fromisoformat(as_of))
    return next((timer for timer in timers if timer.measure == "resolution"), None)


def counted(case: dict, start: str, end: str) -> int:
    """The seconds that count from opened to resolved; what is resolved before it is opened is not opened yet then."""
    timer = resolution(case, f"{start} opened", f"{end} resolved", as_of=end)
    return 0 if timer is None else timer.counted_seconds


def utc(text: str) -> str:
    return text.replace(" ", "T") + "+00:00"


@pytest.mark.parametrize("case", cases("elapsed_cases"))
def test_working_time(case):
    start, end = (datetime.fromisoformat(case[name]) for name in ("start_utc", "end_utc"))
    assert Calendar(laid_out(case["calendar"])).worked(start, end) == case["expected_working_seconds"]
    assert counted(case, case["start_utc"], case["end_utc"]) == case["expected_working_seconds"]


@pytest.mark.parametrize("case", cases("due_cases"))
def test_due_time(case):
    start, due = case["start_utc"], datetime.fromisoformat(case["expected_due_utc"])
    seconds = case["add_working_seconds"]
    assert Calendar(laid_out(case["calendar"])).add(datetime.fromisoformat(start), seconds) == due
    assert counted(case, start, due.isoformat()) == seconds
    assert counted(case, start, (due - timedelta(seconds=1)).isoformat()) == seconds - 1
    # A limit has whole minutes; what is over them is worked in the last open seconds before the due instant.
    timer = resolution(case, f"{start} opened", as_of=start, limit=f"{seconds // 60}m")
    assert timer.due == due - timedelta(seconds=seconds % 60)


@pytest.mark.parametrize("case", cases("pause_cases"))
def test_time_with_pauses(case):
    assert case["paused_intervals_utc"] == []
    start = utc(case["start_utc"])
    for measured in case["elapsed"]:
        assert counted(case, start, utc(measured["stop_utc"])) == measured["expected_elapsed_minutes"] * 60


@pytest.mark.parametrize("case", cases("pause_cases"))
def test_a_pause_over_the_middle_takes_off_its_open_time(case):
    for measured in case["elapsed"]:
        start, stop = (datetime.fromisoformat(utc(text)) for text in (case["start_utc"], measured["stop_utc"]))
        third = (stop - start) / 3
        timer = resolution(
            case,
            f"{start.isoformat()} opened",
            f"{(start + third).isoformat()} paused waiting-for-customer",
            f"{(stop - third).isoformat()} resumed",
            f"{stop.isoformat()} resolved",
            as_of=stop.isoformat(),
        )
        opened = open_minutes(laid_out(case["calendar"]), start, stop)
        first, last = minute_of(start + third, start), minute_of(stop - third, start)
        paused = minutes.count(opened & minutes.span(first, last))
        assert timer.paused_seconds == paused * 60
        assert timer.counted_seconds == (measured["expected_elapsed_minutes"] - paused) * 60
