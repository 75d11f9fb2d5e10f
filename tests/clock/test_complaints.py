"""What users of service desks complain of (`complaints/*.yaml`), each answered by cases that are run.

A file says what went wrong elsewhere, where that was seen, by which rule it cannot happen here, and what is agreed in
its cases; without a word the office of `memory.py` is open, and a P3 has an hour to the response and eight to the
resolution. `expect` says of each clock what is to be found; `resolution 2` is its second run.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from memory import calendar, make_book, matrix, sla, targets
from oracle.cases import Case, by_clock, by_oracle
from oracle.pauses import duration
from servicebook.clock import Clock, Segment, Timer
from servicebook.source import load

FOLDER = Path(__file__).parent / "complaints"
LATER = "2026-12-31T00:00:00Z"
RECORD = "INC-20260302-aaaa"
COMPLAINTS = {path.stem: load(path.read_bytes()) for path in sorted(FOLDER.glob("*.yaml"))}
CASES = [
    pytest.param({**complaint, **case}, id=f"{name}-{number}")
    for name, complaint in COMPLAINTS.items()
    for number, case in enumerate(complaint["cases"], 1)
]


@pytest.mark.parametrize("case", CASES)
def test_the_complaint_does_not_hold_here(case):
    timers = clocks(case)
    for name, expected in case["expect"].items():
        if expected == "none":
            assert name not in timers
        else:
            assert {key: found(timers[name], key) for key in expected} == {
                key: meant(key, value) for key, value in expected.items()
            }, case["case"]


@pytest.mark.parametrize("case", CASES)
def test_the_oracle_says_the_same(case):
    put = Case(agreed(case), case.get("zone", "Europe/Amsterdam"), record(case), as_of(case))
    assert by_clock(put) == by_oracle(put)


def test_each_complaint_says_where_it_was_seen_and_what_the_rule_is():
    for name, complaint in COMPLAINTS.items():
        assert set(complaint) - {"calendar", "sla"} == {"complaint", "seen_in", "rule", "cases"}, name


def agreed(case: dict[str, Any]) -> list[dict[str, Any]]:
    """The calendar, matrix and SLA of a case; what it does not say is as usual."""
    office = {key: value for key, value in calendar()["versions"][0].items() if key not in ("version", "valid_from")}
    return [
        calendar(*({**office, **version} for version in case.get("calendar", [{}]))),
        matrix(),
        sla(*({**targets(), **version} for version in case.get("sla", [{}]))),
    ]


def record(case: dict[str, Any]) -> dict[str, Any]:
    usual = {"id": RECORD, "service": "SVC-shop", "impact": "medium", "urgency": "medium"}
    return {**usual, **case.get("record", {}), "timeline": case["events"]}


def as_of(case: dict[str, Any]) -> datetime:
    return datetime.fromisoformat(case.get("as_of", LATER))


def clocks(case: dict[str, Any]) -> dict[str, Timer]:
    """The timers of a case by measure, and by run from the second on where each run is a clock."""
    book = make_book(*agreed(case), record(case), zone=case.get("zone", "Europe/Amsterdam"))
    timers = Clock(book).timers(book.record(RECORD), as_of(case))
    again = {timer.run for timer in timers if timer.measure != "update"} - {1}
    return {timer.measure if timer.run == 1 or not again else f"{timer.measure} {timer.run}": timer for timer in timers}


def found(timer: Timer, key: str) -> Any:
    """What a timer says, in the words of a case."""
    if key == "segments":
        return [written(*group) for group in groupby(timer.segments, what_it_was)]
    if key in ("counted", "paused", "limit"):
        return getattr(timer, f"{key}_seconds")
    return getattr(timer, key)


def meant(key: str, value: Any) -> Any:
    """What a word of a case means."""
    if key in ("counted", "paused", "limit") and value is not None:
        return 60 * duration(value)
    return datetime.fromisoformat(value) if key in ("start", "stop", "due") else value


def what_it_was(segment: Segment) -> str:
    """What a segment was, with the name of the day where that closed it."""
    return f"{segment.what} {segment.why}" if segment.what == "closed" else segment.what


def written(what: str, segments: Iterable[Segment]) -> str:
    """Segments of one sort that adjoin, such as `closed 24h Easter Monday`."""
    hours, minutes = divmod(sum(int((one.end - one.start).total_seconds()) for one in segments) // 60, 60)
    word, _, name = what.partition(" ")
    return f"{word} {f'{hours}h' if hours else ''}{f'{minutes}m' if minutes else ''} {name}".strip()
