"""One timer: one target of an agreement, applied to the timeline of one incident or service request.

The rules, each held by a test. Which of two events was before follows from `timeline`'s order, also within a second.

Start (`runs`)
- The clock starts at the event that the target names. Not noticed before it was opened, it was noticed then; the time
  from there to the opening counts. Until the event has come there is no timer.
- It is judged by the versions of the agreement, its calendar and its priority matrix that are in force on the local
  day of its start. None or several in force: left out, and why.
- A supporting agreement takes the matrix of the first SLA that it supports. It gives only timers that are judged.

Stop (`stops`)
- Response: the first `responded`, `resolved` or `fulfilled` from the start on.
- Restoration: the last `restored` since the record was last reopened, but not before the start; else as resolution.
  Of a record that was reopened later, the time from a `restored` to the resolution behind it counts: it still waited.
- Resolution and fulfilment: the last `resolved` or `fulfilled`, or `closed` where the target says so, while it stands.
- Cancelled or rejected: left out.

What counts (`counting`, `pauses`)
- The seconds of the target's hours in which the record waits for its solution; until closed also those in which it
  waits for its closing. Of what else a moment is, the first holds: dropped, closed hours, resolved, elsewhere, paused.
- A pause stops the clock while one of its codes does: one that was agreed, with evidence where that is asked for
  (from the event that bears it), until its maximum is over. The maximum is in the time of the target and counts from
  the first `paused` with this code in this pause, also from before the start. What is closed anyway is not paused.
- A record that is resolved straight from a pause ends its pause there.
- With a team named, the time in which another has the record, or none, is elsewhere.

Reopened (`runs`, `course`): only from the clock's own end.
- resume: the clock goes on; the time between does not count. restart: what lies before the last reopening is dropped,
  and a response must be given again. new: another run, by the version then in force, for the targets of the same
  measure, start, team and end; what was made of the one before stands. Level and team are carried over.

Priority (`levels`, `course`)
- It is that of the impact and urgency as last assessed when the clock stopped; what is assessed later changes nothing.
- Where it changed on the way, its limit is that of the last level. retain-pauses: nothing else changes. retain:
  pauses before the last change count as any time does. restart: what lies before the last change is dropped.

Outcome (`course`)
- What decides is the time counted, not the due instant: a due instant at closing time is still met by a stop before
  the next opening. Exactly on the limit is met, unless breached was agreed.
- A running clock is breached as soon as that holds, or, judged at its stop, not before that.
- The due instant allows for the pauses so far, and for none to come.

Update (`gaps`): the time without news is a clock that starts anew with each `informed`, and after each reopening. The
timer is that of the first gap that was too long, else of the last; each gap is judged by the priority at its end.

Released (`releases`, `workload`): a case that an exception names, or that came in beyond the workload agreed, by the
SLA version in force when it was opened, is left out under that SLA.

Missing (`under`): where the SLA version in force at the opening has no target for the response or resolution of such an
incident, or for the fulfilment of such a request if it speaks of requests at all, a timer that is left out says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final, Literal

from servicebook.clock.calendar import Calendar
from servicebook.clock.hours import after, count
from servicebook.clock.terms import Measure
from servicebook.source import Pointer

Outcome = Literal["met", "breached", "running"]

COUNTING: Final = "counting"
CLOSED: Final = "closed"
PAUSED: Final = "paused"
RESOLVED: Final = "resolved"
ELSEWHERE: Final = "elsewhere"
DROPPED: Final = "dropped"


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a timer's time: `what` it was (counting, closed, paused, resolved, elsewhere or dropped) and `why`.

    `why` is the name of a holiday, the codes of a pause (of one that does not stop this clock with the reason for
    each: then the segment counts), the team that has it elsewhere, or the event that dropped it. The fact stands at
    `pointer` of `record`: an event of the case, an exception or the weekly hours of the calendar. `by` is who
    paused it. `seconds` is the length on the clock on the wall.
    """

    start: datetime
    end: datetime
    what: str
    why: str
    pointer: Pointer
    record: str
    by: str = ""

    @property
    def seconds(self) -> int:
        """How long it lasted."""
        return (self.end - self.start) // timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Timer:
    """A clock for one measure of one record, or the reason why there is none (`left_out`).

    Instants are UTC, times are seconds. `start` and `stop` stand also where the timer is left out; `stop` is None
    while the clock runs. `run` counts the times the record was open, or the gaps between news. `agreement` is a
    supporting agreement, and then `sla` is the one that it supports. `target` points at the target in the record of
    the agreement, or else the SLA. `settled` is when the outcome stood: the stop, or for a limit that was missed the
    due instant. `stretches` are what the timeline alone makes of the time; `segments` lays the calendar over them.
    `hours` is None where every hour counts.
    """

    record: str
    kind: str
    measure: Measure
    run: int
    service: str | None
    priority: str | None
    start: datetime | None
    stop: datetime | None
    left_out: str | None = None
    sla: str | None = None
    sla_version: int | None = None
    agreement: str | None = None
    agreement_version: int | None = None
    matrix: str | None = None
    matrix_version: int | None = None
    target: Pointer = ()
    calendar: str | None = None
    calendar_version: int | None = None
    limit_seconds: int | None = None
    due: datetime | None = None
    counted_seconds: int | None = None
    paused_seconds: int | None = None
    state: Outcome | None = None
    settled: datetime | None = None
    stretches: tuple[Segment, ...] = ()
    hours: Calendar | None = None

    @property
    def met(self) -> bool | None:
        """Whether the limit was kept; None while that is open, or where the timer is left out."""
        return {"met": True, "breached": False}.get(self.state or "")

    @property
    def segments(self) -> list[Segment]:
        """Every part from start to stop (or as_of) with what it was. Those that count sum to `counted_seconds`."""
        return _joined(part for stretch in self.stretches for part in _by_the_hours(stretch, self.hours))


def _by_the_hours(stretch: Segment, hours: Calendar | None) -> list[Segment]:
    """A stretch, parted where the calendar opens and closes. What was dropped is dropped by day and by night."""
    if hours is None or stretch.what == DROPPED:
        return [stretch]
    return [
        Segment(part.start, part.end, stretch.what, stretch.why, stretch.pointer, stretch.record, stretch.by)
        if part.open
        else Segment(part.start, part.end, CLOSED, part.why, part.pointer, hours.record)
        for part in hours.stretches(stretch.start, stretch.end)
    ]


def _joined(segments: Iterable[Segment]) -> list[Segment]:
    """The segments, those that adjoin made one where they say the same: a night in which a pause began is one night."""
    found: list[Segment] = []
    for segment in segments:
        if found and replace(segment, start=found[-1].start, end=found[-1].end) == found[-1]:
            segment = replace(found.pop(), end=segment.end)
        found.append(segment)
    return found


def due_at(hours: Calendar | None, stretches: Iterable[Segment], limit: int, start: datetime) -> datetime | None:
    """The instant at which `limit` seconds have counted; beyond the last stretch the clock is taken to run on.

    None where the calendar never has that many open seconds.
    """
    left, at = limit, start
    for stretch in stretches:
        at = stretch.end
        if stretch.what != COUNTING:
            continue
        seconds = count(hours, stretch.start, stretch.end)
        if seconds >= left:
            return after(hours, stretch.start, left)
        left -= seconds
    return after(hours, at, left)
