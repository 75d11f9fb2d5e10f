"""One row a pause and code of an incident or a service request: why nobody worked on it, and how long.

A code that is given again while its pause lasts adds no row: the first goes on, with evidence if either has it.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from servicebook.clock import Event
from servicebook.facts._case import Case, seconds
from servicebook.facts._table import Column, Row
from servicebook.kinds import Kind
from servicebook.part import Part

COLUMNS = (
    Column("id", "VARCHAR", "Id of the record that was paused."),
    Column("kind", "VARCHAR", "incident or service-request, or another kind whose lifecycle has pauses."),
    Column("service", "VARCHAR", "Id of its service."),
    Column("code", "VARCHAR", "Why it was paused."),
    Column("started_at", "TIMESTAMP", "When that code was given."),
    Column("ended_at", "TIMESTAMP", "When the pause ended; empty where it is still on."),
    Column("evidence", "BOOLEAN", "Whether it says where the reason can be seen."),
    Column("paused_by", "VARCHAR", "Role that paused it."),
    Column(
        "elapsed_seconds", "BIGINT", "From started_at to ended_at, or to the instant of the facts: every hour counts."
    ),
    Column("started_month", "VARCHAR", "Month of started_at."),
)


def applies(kind: Kind) -> bool:
    """To every kind that can be paused."""
    return kind.lifecycle is not None and "paused" in kind.lifecycle.states


def rows(case: Case) -> Iterator[Row]:
    """A row for each code of each pause."""
    for events, ended in _pauses(case):
        given: dict[str | None, list[Event]] = {}
        for event in events:
            given.setdefault(Part(case.record, event.data).text("code"), []).append(event)
        for code, times in given.items():
            started = times[0].at
            yield (
                case.record.id,
                case.kind,
                case.part.text("service"),
                code,
                started,
                ended,
                any("evidence" in event.data for event in times),
                Part(case.record, times[0].data).text("by"),
                seconds(started, ended or case.as_of),
                case.month(started),
            )


def _pauses(case: Case) -> Iterator[tuple[list[Event], datetime | None]]:
    """Each pause: the events that began or joined it, and when it ended."""
    by_place = {event.pointer: event for event in case.timeline.events}
    for name, states in groupby(case.timeline.states, key=lambda state: state.name):
        if name == "paused":
            parts = list(states)
            yield [by_place[part.pointer] for part in parts], parts[-1].end
