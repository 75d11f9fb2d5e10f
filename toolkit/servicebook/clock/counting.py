"""The stretches of one clock: what the timeline makes of the time from its start to its stop."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from servicebook.clock.calendar import Calendar
from servicebook.clock.hours import count
from servicebook.clock.pauses import parts
from servicebook.clock.terms import Lane, Terms
from servicebook.clock.timeline import OPEN_STATES, Event, State, Timeline
from servicebook.clock.timer import COUNTING, DROPPED, ELSEWHERE, PAUSED, RESOLVED, Segment


class Span(NamedTuple):
    """The time of one clock, as positions and instants.

    It starts at `start`, counts from the position `begin` (later than the start where what lies before was dropped)
    and ends at `end`. Pauses before `forgotten` are not allowed for.
    """

    start: datetime
    begin: int
    end: datetime
    forgotten: datetime | None = None


def stretches(
    record: str, timeline: Timeline, span: Span, lane: Lane, terms: Terms, hours: Calendar | None
) -> Iterator[Segment]:
    """What the states, the teams and the pauses make of a span. The stretches adjoin."""
    begin = timeline.events[span.begin]
    if span.start < begin.at:
        yield Segment(span.start, begin.at, DROPPED, begin.name, begin.pointer, record)
    states = timeline.states
    if begin.at < states[0].start:  # detected, and not yet opened
        states = (State("new", begin.at, states[0].start, begin.pointer, span.begin), *states)
    for state in states:
        start = max(state.start, begin.at)
        end = span.end if state.end is None else min(state.end, span.end)
        if start >= end:
            continue
        if state.begun < span.begin and state.name in OPEN_STATES:
            state = replace(state, pointer=begin.pointer)  # news, an assignment: not what the state began with
        if not (state.name in OPEN_STATES or (lane.until == "closed" and state.name in ("resolved", "fulfilled"))):
            yield Segment(start, end, RESOLVED, "", state.pointer, record)
        elif lane.assigned_to is None:
            yield from _waiting(record, state, start, end, span, terms, hours)
        else:
            for since, until, assigned in _teams(timeline, start, end):
                team = "" if assigned is None else str(assigned.data.get("to", ""))
                if team == lane.assigned_to:
                    yield from _waiting(record, state, since, until, span, terms, hours)
                else:
                    pointer = state.pointer if assigned is None else assigned.pointer
                    yield Segment(since, until, ELSEWHERE, team, pointer, record)


def _waiting(
    record: str, state: State, start: datetime, end: datetime, span: Span, terms: Terms, hours: Calendar | None
) -> Iterator[Segment]:
    """A part of a state in which the record waits for us, unless a pause stops the clock."""
    if not state.pauses:
        yield Segment(start, end, COUNTING, "", state.pointer, record)
        return
    for part in parts(state, start, end, terms.stops, hours, span.forgotten):
        by = part.event.data.get("by") or part.event.data.get("to") or ""
        yield Segment(
            part.start, part.end, PAUSED if part.stops else COUNTING, part.why, part.event.pointer, record, by
        )


def _teams(timeline: Timeline, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime, Event | None]]:
    """The time from start to end, parted by who has it: the last `assigned`, None before the first."""
    last: Event | None = None
    for event in timeline.events:
        if event.name != "assigned" or event.at >= end:
            continue
        if event.at > start:
            yield start, event.at, last
            start = event.at
        last = event
    yield start, end, last


def counted(stretches: Iterable[Segment], what: str, hours: Calendar | None) -> int:
    """The seconds of the target in the stretches that are counting, or paused."""
    return sum(count(hours, part.start, part.end) for part in stretches if part.what == what)
