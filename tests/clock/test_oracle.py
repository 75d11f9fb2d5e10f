"""A calendar against a slow and obvious oracle that shares no code with it: minute by minute, in a set.

Only the zones are the same objects: those of the machine may be of another release.
"""

import os
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from servicebook.clock import Calendar
from servicebook.clock import zone as released_zone

EXAMPLES = int(os.environ.get("SERVICEBOOK_EXAMPLES", "400"))

ZONES = [
    "UTC",
    "Europe/Amsterdam",
    "America/New_York",
    "America/Sao_Paulo",  # clocks changed at midnight
    "America/St_Johns",  # half an hour off, changed at 00:01
    "America/Havana",  # midnight occurs twice
    "Australia/Lord_Howe",  # changes by half an hour
    "Asia/Tehran",
    "Asia/Kathmandu",
    "Pacific/Apia",  # left out a day
    "Pacific/Kiritimati",
    "Africa/Casablanca",
]
DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
# Days on which something happens to the clocks of one of these zones, and one on which nothing does.
SEASONS = [
    date(2026, 3, 29), date(2026, 10, 25), date(2026, 3, 8), date(2026, 11, 1), date(2015, 10, 18), date(2015, 2, 22),
    date(2010, 11, 7), date(2011, 12, 30), date(2016, 3, 22), date(2016, 9, 21), date(2024, 10, 6), date(2027, 1, 1),
    date(2026, 6, 10),
]  # fmt: skip

times = st.builds(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}", st.integers(0, 96))
hours = st.lists(st.builds(lambda start, end: {"from": start, "to": end}, times, times), min_size=1, max_size=3)
weeks = st.lists(
    st.builds(
        lambda days, hours: {"days": days, "hours": hours},
        st.lists(st.sampled_from(DAYS), min_size=1, unique=True),
        hours,
    ),
    max_size=3,
)


@st.composite
def questions(draw):
    """A calendar version and a span of a few days around a day of interest, in whole minutes."""
    season = draw(st.sampled_from(SEASONS))
    exceptions = [
        {"date": (season + timedelta(days=offset)).isoformat(), "name": f"day {offset}"}
        | ({"hours": special} if special else {})
        for offset, special in draw(st.dictionaries(st.integers(-4, 4), st.none() | hours, max_size=3)).items()
    ]
    version = {"zone": draw(st.sampled_from(ZONES)), "weekly": draw(weeks), "exceptions": exceptions}
    start = datetime(season.year, season.month, season.day, tzinfo=UTC) + timedelta(
        minutes=draw(st.integers(-5000, 3000))
    )
    return version, start, start + timedelta(minutes=draw(st.integers(0, 8000)))


@given(questions(), st.integers(1, 4000))
@settings(max_examples=EXAMPLES, deadline=None)
def test_calendar_agrees_with_the_oracle(question, minutes):
    version, start, end = question
    calendar = Calendar(version)
    length = minute_of(end) - minute_of(start)
    oracle = open_minutes(version, start, end + timedelta(days=3))
    assert calendar.worked(start, end) == 60 * sum(oracle[:length])

    opened = bytearray(length)
    for begin, finish in calendar.intervals(start, end):
        opened[minute_of(begin) - minute_of(start) : minute_of(finish) - minute_of(start)] = mark(begin, finish)
    assert opened == oracle[:length]

    stretches = list(calendar.stretches(start, end))
    assert sum((stretch.end - stretch.start).total_seconds() for stretch in stretches if stretch.open) == 60 * sum(
        opened
    )
    edges = [start, *(stretch.end for stretch in stretches)]
    assert edges[:-1] == [stretch.start for stretch in stretches]
    assert edges[-1] == end

    worked = [minute for minute, is_open in enumerate(oracle) if is_open]
    if minutes <= len(worked):
        assert calendar.add(start, 60 * minutes) == start + timedelta(minutes=worked[minutes - 1] + 1)


@given(questions(), st.integers(1, 400_000))
@settings(max_examples=EXAMPLES, deadline=None)
def test_what_is_added_is_worked(question, seconds):
    version, start, _ = question
    calendar = Calendar(
        {**version, "weekly": [*version["weekly"], {"days": ["tue"], "hours": [{"from": "04:00", "to": "20:00"}]}]}
    )
    due = calendar.add(start, seconds)
    assert calendar.worked(start, due) == seconds
    assert calendar.worked(start, due - timedelta(seconds=1)) == seconds - 1


def open_minutes(version, start: datetime, end: datetime) -> bytearray:
    """For every minute from start to end 1 where it is open, 0 where it is not."""
    zone = released_zone(version["zone"])
    special = {exception["date"]: exception.get("hours", []) for exception in version["exceptions"]}
    first, length = minute_of(start), minute_of(end) - minute_of(start)
    found = bytearray(length)
    day = start.date() - timedelta(days=3)
    while day <= end.date() + timedelta(days=3):
        weekly = [
            span for entry in version["weekly"] if DAYS[day.weekday()] in entry["days"] for span in entry["hours"]
        ]
        for span in special.get(day.isoformat(), weekly) if exists(day, zone) else ():
            next_day = day + timedelta(days=1) if span["to"] <= span["from"] else day
            opened, closed = on_the_wall(day, span["from"], zone), on_the_wall(next_day, span["to"], zone)
            begin, finish = (min(max(minute_of(edge) - first, 0), length) for edge in (opened, closed))
            if begin < finish:
                found[begin:finish] = b"\1" * (finish - begin)
        day += timedelta(days=1)
    return found


def mark(begin: datetime, finish: datetime) -> bytes:
    return b"\1" * (minute_of(finish) - minute_of(begin))


def on_the_wall(day: date, text: str, zone: ZoneInfo) -> datetime:
    """The first instant at which the wall shows this; where it never does, read with the offset before the jump."""
    shown = datetime.combine(day, datetime.min.time()) + timedelta(hours=int(text[:2]), minutes=int(text[3:]))
    around = [shown.replace(tzinfo=UTC) + timedelta(hours=hour) for hour in (-26, 26)]
    offsets = [instant.astimezone(zone).utcoffset() for instant in around]
    readings = [shown.replace(tzinfo=timezone(offset)).astimezone(UTC) for offset in offsets]
    true = [instant for instant in readings if instant.astimezone(zone).replace(tzinfo=None) == shown]
    return min(true) if true else readings[0]


def exists(day: date, zone: ZoneInfo) -> bool:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return any((noon + timedelta(hours=hour)).astimezone(zone).date() == day for hour in range(-30, 31, 6))


def minute_of(instant: datetime) -> int:
    return int(instant.timestamp()) // 60
