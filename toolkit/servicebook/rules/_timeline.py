"""What a timeline tells, event by event, and how long ago something was."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Final

from servicebook.book import Book
from servicebook.clock import Timeline, walk
from servicebook.kinds import Kind
from servicebook.record import Record

_OVER: Final = frozenset({"closed", "rejected", "cancelled"})
_END: Final = datetime.max.replace(tzinfo=UTC)


def tells(kind: Kind, *names: str) -> bool:
    """Whether a kind is one of those named, and its records have a timeline."""
    return kind.name in names and kind.lifecycle is not None


def told(record: Record) -> Timeline:
    """All that a record's timeline tells; nothing where it has an instant that no calendar has."""
    if record.kind.lifecycle is not None:
        with suppress(ValueError):
            return walk(record.data, record.kind.lifecycle, _END)
    return Timeline((), ())


def first(timeline: Timeline, *names: str) -> datetime | None:
    """When the first event of one of these names was."""
    return next((event.at for event in timeline.events if event.name in names), None)


def is_major(incident: Record) -> bool:
    """Whether an incident is or was a major one."""
    return "major" in incident.part or "major-declared" in _names(incident)


def opened_at(record: Record) -> str | None:
    """When a record was opened, as it is written there; None for one that was cancelled. Quicker than a walk."""
    lifecycle = record.kind.lifecycle
    events = record.part.parts(lifecycle.timeline) if lifecycle is not None else []
    if lifecycle is None or any(event.text("event") == "cancelled" for event in events):
        return None
    return next((event.text("at") for event in events if event.text("event") == lifecycle.opens), None)


def is_over(record: Record) -> bool:
    """Whether the last event of a ticket ended it for good. Quicker than a walk; a note may still follow the end."""
    return bool(names := _names(record)) and names[-1] in _OVER


def _names(record: Record) -> list[str | None]:
    lifecycle = record.kind.lifecycle
    return [event.text("event") for event in record.part.parts(lifecycle.timeline)] if lifecycle is not None else []


def waited(book: Book, moment: str, days: int) -> bool:
    """Whether more than so many days have gone by since an instant that a note holds (2026-03-04T09:15:00+00:00).

    What lies before the day on which the management system began, [scope] since, is left in peace.
    """
    begun = datetime.fromisoformat(moment)
    since = book.config.since
    return (since is None or begun.date() >= since) and book.as_of - begun > timedelta(days=days)
