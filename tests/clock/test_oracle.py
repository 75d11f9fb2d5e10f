"""The calendar and the timers against the oracle of `oracle.py`, on random calendars, zones, spans and timelines."""

import os
from datetime import UTC, date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from memory import calendar, incident, make_book, matrix, sla, targets
from oracle import DAYS, minute_of, open_minutes
from servicebook.clock import Calendar, Clock

EXAMPLES = int(os.environ.get("SERVICEBOOK_EXAMPLES", "250"))

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


def mark(begin: datetime, finish: datetime) -> bytes:
    return b"\1" * (minute_of(finish) - minute_of(begin))


steps = st.lists(
    st.tuples(st.sampled_from(["stop", "go-on", "resumed", "resolved", "reopened", "closed"]), st.integers(0, 2000)),
    max_size=8,
)


@given(questions(), steps, st.booleans(), st.booleans())
@settings(max_examples=EXAMPLES, deadline=None)
def test_timers_agree_with_the_oracle(question, steps, elapsed, until_closed):
    """A minute counts where it is open and the incident waits for us: simulated minute by minute."""
    version, start, _ = question
    moves = {0: []}
    minute = 0
    for name, minutes in steps:
        minute += minutes
        moves.setdefault(minute, []).append(name)
    length = minute + 1000
    opened = bytearray(b"\1" * length) if elapsed else open_minutes(version, start, start + timedelta(minutes=length))

    state, stopped, counted, at_stop = "open", False, 0, None
    for now in range(length):
        for move in moves.get(now, ()):
            before = state
            state, stopped = follow(state, stopped, move)
            if before != state == ("closed" if until_closed else "resolved"):
                at_stop = now
        counts = (state == "open" and not stopped) or (until_closed and state == "resolved")
        counted += opened[now] if counts else 0
    running = state == "open" or (until_closed and state == "resolved")

    limit = targets(
        f"resolution P3 1h {'elapsed' if elapsed else 'working'} {'closed' if until_closed else 'resolved'}"
    )
    since = {"valid_from": "2000-01-01"}
    events = [f"{(start + timedelta(minutes=now)).isoformat()} {written(move)}" for now in moves for move in moves[now]]
    book = make_book(
        calendar({**version, **since}),
        matrix({**matrix()["versions"][0], **since}),
        sla({**limit, **since}),
        incident(f"{start.isoformat()} opened", *events),
    )
    as_of = start + timedelta(minutes=length)
    (timer,) = [t for t in Clock(book).timers(book.record("INC-20260302-aaaa"), as_of) if t.measure == "resolution"]
    assert timer.counted_seconds == 60 * counted
    assert timer.state == ("breached" if counted > 60 else "running" if running else "met")
    assert timer.stop == (None if running else start + timedelta(minutes=at_stop))


def follow(state: str, stopped: bool, move: str) -> tuple[str, bool]:
    """What a move makes of open, resolved or closed, and of whether a pause stops the clock."""
    if state == "open":
        if move == "resolved":
            return "resolved", False
        return "open", stopped or move == "stop" if move != "resumed" else False
    if move == "reopened":
        return "open", False
    return ("closed" if move == "closed" and state == "resolved" else state), False


def written(move: str) -> str:
    return {"stop": "paused waiting-for-customer", "go-on": "paused waiting-for-supplier"}.get(move, move)
