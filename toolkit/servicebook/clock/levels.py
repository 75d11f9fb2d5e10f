"""The priority of a record: what a matrix makes of impact and urgency, as they were assessed in the course of time."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from servicebook.clock.timeline import Timeline
from servicebook.clock.versions import InForce
from servicebook.record import Record


class Priority(NamedTuple):
    """A priority and the matrix version that gives it, or the reason why there is none."""

    level: str | None
    matrix: str | None = None
    version: int | None = None
    reason: str = ""


class Levels:
    """The levels that one matrix gives on a day, by its version in force then."""

    def __init__(self, matrix: str, found: InForce) -> None:
        self._cells: Mapping[str, Any] = {} if found.version is None else found.version["priority"]
        self._none = Priority(None, matrix, None if found.version is None else found.version["version"], found.reason)

    def of(self, impact: str | None, urgency: str | None) -> Priority:
        """The priority of an impact and an urgency."""
        if self._none.reason:
            return self._none
        level = self._cells.get(impact or "", {}).get(urgency)
        if level is None:
            return self._none._replace(reason="no impact or urgency")
        return Priority(level, self._none.matrix, self._none.version)

    def at(self, record: Record, timeline: Timeline, before: int | None = None) -> Priority:
        """The priority as last assessed before a position; without one, as last assessed at all."""
        return self.of(*timeline.assessed(record.data, before))

    def changes(self, record: Record, timeline: Timeline, first: int, last: int) -> Iterator[int]:
        """The positions, after the first and before the last, of assessments that give another level than before."""
        for position in timeline.positions("reprioritised"):
            if first < position < last:
                before, after = (self.at(record, timeline, edge).level for edge in (position, position + 1))
                if before != after:
                    yield position
