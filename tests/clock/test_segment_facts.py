"""Each segment of a clock names the fact that made it so: an event of the record, or what a calendar says.

Tried on random cases. What a segment says must be what stands at the place to which it points.
"""

from datetime import date, datetime
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from memory import make_book
from oracle.books import SEASONS, books
from oracle.cases import cases_on
from servicebook.clock import Clock, zone

BOOKS, CASES = 10, 40
EVENTS = {
    "counting": None,  # whatever began the state
    "paused": {"paused"},
    "resolved": {"resolved", "fulfilled", "closed"},
    "elsewhere": {"assigned"},
    "dropped": {"reopened", "reprioritised"},
}


@pytest.mark.parametrize("name", SEASONS)
def test_what_a_segment_says_stands_where_it_points(name):
    seen = set()

    @given(books(name), st.integers(0, 2**32))
    @settings(
        max_examples=BOOKS, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def look(drawn, seed):
        _, cases = cases_on(drawn, Random(seed), CASES)
        book = make_book(*drawn["records"], *(case.record for case in cases), zone=drawn["zone"])
        clock = Clock(book)
        for case in cases:
            for timer in clock.timers(book.record(case.record["id"]), case.as_of):
                for segment in timer.segments:
                    seen.add(segment.what)
                    if segment.what == "closed":
                        closed_as_it_says(book, timer, segment)
                    else:
                        happened_as_it_says(book, timer, segment)

    look()
    assert {"counting", "closed", "paused", "resolved"} <= seen


def closed_as_it_says(book, timer, segment):
    """Closed hours are those of the timer's calendar version; with a name, of the exception on that date."""
    assert segment.record == timer.calendar
    word, number, *rest = segment.pointer
    version = book.record(segment.record).data[word][number]
    assert version["version"] == timer.calendar_version
    if segment.why:
        assert rest[0] == "exceptions"
        exception = version["exceptions"][rest[1]]
        assert exception["name"] == segment.why
        assert segment.start.astimezone(zone(version["zone"])).date() == date.fromisoformat(exception["date"])
    else:
        assert rest == ["weekly"]


def happened_as_it_says(book, timer, segment):
    """All else is made so by an event of the record, which is not later; only what was dropped ends with its event."""
    assert segment.record == timer.record
    record = book.record(timer.record).data
    word, number = segment.pointer
    event = record[word][number]
    allowed = EVENTS[segment.what]
    assert allowed is None or event["event"] in allowed
    at = datetime.fromisoformat(event["at"])
    assert at == segment.end if segment.what == "dropped" else at <= segment.start
    if segment.what == "paused":
        agreement = book.record(timer.agreement or timer.sla).data["versions"]
        stops = agreement[timer.target[1]]["clock_stops"]
        codes = segment.why.split(", ")
        assert set(codes) <= {entry["code"] for entry in stops}
        assert set(codes) <= {other.get("code") for other in record[word]}
