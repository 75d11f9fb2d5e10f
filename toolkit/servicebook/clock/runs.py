"""Where a clock starts, and the runs that it has: one for each time a record is reopened, where that was agreed.

A run is a stretch of the timeline's events: from the position of the event that starts it up to, and
without, the one that starts the next.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final, NamedTuple

from servicebook.clock.terms import Lane, Until
from servicebook.clock.timeline import DONE_STATES, Timeline

ENDED: Final[dict[Until, frozenset[str]]] = {"done": DONE_STATES, "closed": frozenset({"closed"})}
"""The states in which a clock has come to its own end."""


class Run(NamedTuple):
    """The `number`-th run. `first` is the position of its first event, `last` the one after its last event."""

    number: int
    first: int
    last: int


def started(lane: Lane, timeline: Timeline) -> int | None:
    """The position of the event that starts a clock; None where it has not come."""
    if lane.start == "assigned" and lane.assigned_to is not None:
        return next((at for at in timeline.positions("assigned") if _to(timeline, at) == lane.assigned_to), None)
    found = timeline.positions(lane.start)
    if not found and lane.start == "detected":
        found = timeline.positions("opened")
    return found[0] if found else None


def reopenings(timeline: Timeline, until: Until, first: int, last: int) -> list[int]:
    """The positions, after the first and before the last, at which a record is reopened from the clock's own end."""
    return [
        state.begun
        for before, state in zip(timeline.states, timeline.states[1:], strict=False)
        if first < state.begun < last and before.name in ENDED[until] and state.name not in DONE_STATES
    ]


def runs(timeline: Timeline, first: int, until: Until, begins_anew: Callable[[datetime], bool]) -> Iterator[Run]:
    """The runs of a clock that starts at a position. `begins_anew` says of a run's start whether the agreement that
    is in force then lets a reopening begin another."""
    end = len(timeline.events)
    number = 1
    for reopened in reopenings(timeline, until, first, end):
        if not begins_anew(timeline.events[first].at):
            break
        yield Run(number, first, reopened)
        number, first = number + 1, reopened
    yield Run(number, first, end)


def _to(timeline: Timeline, position: int) -> object:
    return timeline.events[position].data.get("to")
