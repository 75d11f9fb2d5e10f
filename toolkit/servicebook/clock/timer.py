"""One timer: one target of an SLA version, applied to the timeline of one incident.

The rules, each held by a test:

- The clock starts when the incident is opened, and is judged by the versions of the SLA, its calendar
  and its priority matrix that are in force on that day.
- The priority is that of the impact and urgency as last assessed. A change of priority changes the
  limit and nothing else: the clock keeps its start and its pauses.
- A pause stops the clock while one of its codes is in the version's `clock_stops`, and only then. Time
  that is closed anyway is closed, not paused: it is never taken off twice.
- An incident that is resolved straight from a pause ends its pause there.
- Response ends at the first `responded` or `resolved`, whichever comes first.
- Resolution ends at the last `resolved` (or `closed`, where the target says so). An incident that is
  reopened runs on: the time in which it was resolved does not count.
- Exactly on the limit is met. What decides is the time counted, not the due instant: a due instant at
  closing time is still met by a stop before the next opening.
- A clock that runs at `as_of` is running, or breached once it has counted more than its limit.
- The due instant allows for the pauses so far, and for none to come.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from servicebook.clock.calendar import Calendar
from servicebook.source import Pointer

Measure = Literal["response", "resolution"]
Outcome = Literal["met", "breached", "running"]

COUNTING = "counting"
CLOSED = "closed"
PAUSED = "paused"
RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a timer's time: `what` it was (counting, closed, paused or resolved) and `why`.

    `why` is the name of a holiday, or the codes of a pause (also of one that does not stop this clock:
    then the segment counts), else empty. `pointer` is the event that began the stretch, `seconds` the
    length on the clock on the wall.
    """

    start: datetime
    end: datetime
    what: str
    why: str
    pointer: Pointer

    @property
    def seconds(self) -> int:
        """How long it lasted."""
        return (self.end - self.start) // timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Timer:
    """A clock for one measure of one record, or the reason why there is none (`left_out`).

    Instants are UTC, times are seconds. `start` and `stop` stand also where the timer is left out;
    `stop` is None while the clock runs. `target` points at the target in the SLA record. `stretches`
    are what the timeline alone makes of the time; `segments` lays the calendar over them. `hours` is
    None where every hour counts.
    """

    record: str
    measure: Measure
    service: str | None
    priority: str | None
    start: datetime | None
    stop: datetime | None
    left_out: str | None = None
    sla: str | None = None
    sla_version: int | None = None
    target: Pointer = ()
    calendar: str | None = None
    calendar_version: int | None = None
    limit_seconds: int | None = None
    due: datetime | None = None
    counted_seconds: int | None = None
    paused_seconds: int | None = None
    state: Outcome | None = None
    stretches: tuple[Segment, ...] = ()
    hours: Calendar | None = None

    @property
    def met(self) -> bool | None:
        """Whether the limit was kept; None while that is open, or where the timer is left out."""
        return {"met": True, "breached": False}.get(self.state or "")

    @property
    def settled(self) -> datetime | None:
        """When the outcome stood: the stop where it was met, the due instant where it was missed."""
        return self.due if self.state == "breached" else self.stop

    @property
    def segments(self) -> list[Segment]:
        """Every part from start to stop (or as_of) with what it was. Those that count sum to `counted_seconds`."""
        hours = self.hours
        if hours is None:
            return list(self.stretches)
        return [
            Segment(part.start, part.end, stretch.what, stretch.why, stretch.pointer)
            if part.open
            else Segment(part.start, part.end, CLOSED, part.why, stretch.pointer)
            for stretch in self.stretches
            for part in hours.stretches(stretch.start, stretch.end)
        ]


def count(hours: Calendar | None, start: datetime, end: datetime) -> int:
    """Seconds from start to end that count: open ones, or all where there are no hours."""
    return hours.worked(start, end) if hours is not None else max(0, (end - start) // timedelta(seconds=1))


def due_at(hours: Calendar | None, stretches: tuple[Segment, ...], limit: int, start: datetime) -> datetime | None:
    """The instant at which `limit` seconds have counted; beyond the last stretch the clock is taken to run on.

    None where the calendar never has that many open seconds.
    """
    left, at = limit, start
    for stretch in stretches:
        at = stretch.end
        if stretch.what != COUNTING:
            continue
        counted = count(hours, stretch.start, stretch.end)
        if counted >= left:
            return _after(hours, stretch.start, left)
        left -= counted
    return _after(hours, at, left)


def _after(hours: Calendar | None, start: datetime, seconds: int) -> datetime | None:
    if hours is not None:
        return hours.add(start, seconds)
    try:
        return start + timedelta(seconds=seconds)
    except OverflowError:
        return None
