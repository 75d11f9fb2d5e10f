"""Calendars against the oracle of `oracle/hours.py`, on random versions, zones and spans."""

import os
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from oracle import minutes
from oracle.books import SEASONS, calendars
from oracle.hours import minute_of, open_minutes
from servicebook.clock import Calendar

EXAMPLES = int(os.environ.get("SERVICEBOOK_EXAMPLES", "25"))


@st.composite
def questions(draw, zone):
    """A version of a calendar of a zone and a span of a few days around a day of interest, in whole minutes."""
    season = draw(st.sampled_from(SEASONS[zone]))
    version = draw(calendars(zone, season))
    start = datetime(season.year, season.month, season.day, tzinfo=UTC) + timedelta(
        minutes=draw(st.integers(-5000, 3000))
    )
    return version, start, start + timedelta(minutes=draw(st.integers(0, 8000)))


@pytest.mark.parametrize("zone", SEASONS)
def test_a_calendar_agrees_with_the_oracle(zone):
    @given(questions(zone), st.integers(1, 4000))
    @settings(max_examples=EXAMPLES, derandomize=True, database=None)
    def agrees(question, wanted):
        version, start, end = question
        calendar = Calendar(version)
        length = minute_of(end, start)
        later = open_minutes(version, start, end + timedelta(days=3))
        oracle = later & minutes.before(length)
        assert calendar.worked(start, end) == 60 * minutes.count(oracle)

        intervals = [(minute_of(one, start), minute_of(other, start)) for one, other in calendar.intervals(start, end)]
        assert intervals == list(minutes.stretches(oracle))

        stretches = list(calendar.stretches(start, end))
        edges = [start, *(stretch.end for stretch in stretches)]
        assert edges[:-1] == [stretch.start for stretch in stretches]
        assert edges[-1] == end
        opened = [stretch for stretch in stretches if stretch.open]
        assert [(minute_of(one.start, start), minute_of(one.end, start)) for one in opened] == intervals

        reached = minutes.end_of(later, wanted)
        if reached is not None:
            assert calendar.add(start, 60 * wanted) == start + timedelta(minutes=reached)

    agrees()


@pytest.mark.parametrize("zone", SEASONS)
def test_what_is_added_is_worked(zone):
    @given(questions(zone), st.integers(1, 400_000))
    @settings(max_examples=EXAMPLES, derandomize=True, database=None)
    def agrees(question, seconds):
        version, start, _ = question
        tuesdays = {"days": ["tue"], "hours": [{"from": "04:00", "to": "20:00"}]}
        calendar = Calendar({**version, "weekly": [*version["weekly"], tuesdays]})
        due = calendar.add(start, seconds)
        assert calendar.worked(start, due) == seconds
        assert calendar.worked(start, due - timedelta(seconds=1)) == seconds - 1

    agrees()
