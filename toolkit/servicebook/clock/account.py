"""The account of a timer for somebody who reads it: each part of its time on a line, with what it rests on.

A clock in working hours that ran for months has hundreds of parts. Where there are more than `MOST`, days on end
that differ in nothing but the calendar are one line: the time that was open and, within it, the time that was not.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from servicebook.clock.timer import CLOSED, Segment, Timer
from servicebook.source import Pointer

MOST = 24
"""More parts than these do not fit a screen."""


@dataclass(frozen=True, slots=True)
class Line:
    """From `start` to `end` it was `what` for `seconds`; the `closed_seconds` in between were outside the hours.

    `why`, `by`, `record` and `pointer` are those of the segment (see `timer.py`); `days` says how many parts in
    which it was open a folded line stands for, and `closed_why` names the exceptions among them.
    """

    start: datetime
    end: datetime
    what: str
    why: str
    by: str
    seconds: int
    record: str
    pointer: Pointer
    days: int = 1
    closed_seconds: int = 0
    closed_why: tuple[str, ...] = ()


def account(timer: Timer, most: int | None = MOST) -> list[Line]:
    """The lines of a timer, in order of time; `most=None` folds nothing. Those that count sum as the segments do."""
    segments = timer.segments
    lines = [_line(segment) for segment in segments]
    return lines if most is None or len(segments) <= most else list(_folded(lines))


def _line(segment: Segment) -> Line:
    return Line(
        segment.start,
        segment.end,
        segment.what,
        segment.why,
        segment.by,
        segment.seconds,
        segment.record,
        segment.pointer,
    )


def _folded(lines: Iterable[Line]) -> Iterator[Line]:
    """Lines of one fact with the closed time between them made one; closed time elsewhere stays a line."""
    held: Line | None = None
    closed: list[Line] = []
    for line in lines:
        if line.what == CLOSED:
            closed.append(line)
        elif held is not None and _alike(held, line):
            held = _joined(held, closed, line)
            closed = []
        else:
            yield from () if held is None else (held,)
            yield from closed
            held, closed = line, []
    yield from () if held is None else (held,)
    yield from closed


def _alike(one: Line, other: Line) -> bool:
    return (one.what, one.why, one.record, one.pointer) == (other.what, other.why, other.record, other.pointer)


def _joined(held: Line, closed: list[Line], line: Line) -> Line:
    names = dict.fromkeys((*held.closed_why, *(part.why for part in closed if part.why)))
    return replace(
        held,
        end=line.end,
        seconds=held.seconds + line.seconds,
        days=held.days + 1,
        closed_seconds=held.closed_seconds + sum(part.seconds for part in closed),
        closed_why=tuple(names),
    )
