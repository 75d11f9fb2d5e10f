"""What a timeline tells, event by event, and how long ago something was."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

from servicebook.book import Book
from servicebook.clock import Timeline, walk, zone
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
    if b"major" not in incident.source():  # thousands are not
        return False
    return "major" in incident.part or any(event["event"] == "major-declared" for event in _events(incident))


def opened_at(record: Record) -> str | None:
    """When a record was opened, as it is written there; None for one that was cancelled. Quicker than a walk."""
    opened = None
    for event in _events(record):
        if event["event"] == "cancelled":
            return None
        if opened is None and record.kind.lifecycle is not None and event["event"] == record.kind.lifecycle.opens:
            opened = str(event["at"])
    return opened


def is_over(record: Record) -> bool:
    """Whether the last event of a ticket ended it for good. Quicker than a walk; a note may still follow the end."""
    events = _events(record)
    return bool(events) and events[-1]["event"] in _OVER


def _events(record: Record) -> Sequence[Mapping[str, Any]]:
    """The events as they stand there: a schema that has a lifecycle holds them to their shape."""
    lifecycle = record.kind.lifecycle
    return record.data[lifecycle.timeline] if lifecycle is not None else ()


def waited(book: Book, moment: str, days: int) -> date | None:
    """The day of an instant that a note holds, where more than so many days have gone by since; None where not.

    What lies before the day on which the management system began, [scope] since, is left in peace.
    """
    begun = datetime.fromisoformat(moment)
    day = begun.astimezone(zone(book.config.zone)).date()
    since = book.config.since
    in_time = book.as_of - begun <= timedelta(days=days)
    return None if in_time or (since is not None and day < since) else day
