"""One record as every fact table reads it."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cached_property

from servicebook.book import Book
from servicebook.clock import Clock, Priority, Timeline, Timer, walk
from servicebook.facts._days import Days
from servicebook.part import Part
from servicebook.record import Record


class Case:
    """A record that its schema accepts, as of an instant. What is costly is worked out when it is asked for."""

    def __init__(self, record: Record, book: Book, clock: Clock, days: Days, as_of: datetime) -> None:
        self.record = record
        self.book = book
        self.kind = record.kind.name
        self.clock = clock
        self.days = days
        self.as_of = as_of

    @cached_property
    def part(self) -> Part:
        """The record's fields, whatever its schema leaves open."""
        return self.record.part

    @cached_property
    def timeline(self) -> Timeline:
        """Its timeline up to the instant; an empty one where its kind has no lifecycle."""
        lifecycle = self.record.kind.lifecycle
        return Timeline((), ()) if lifecycle is None else walk(self.record.data, lifecycle, self.as_of)

    @cached_property
    def priority(self) -> Priority:
        """What the matrix in force makes of its impact and urgency."""
        return self.clock.priority(self.record, self.timeline)

    @cached_property
    def timers(self) -> list[Timer]:
        """Its clocks."""
        return self.clock.timers(self.record, self.as_of, self.timeline)

    def supplier(self, agreement: str | None) -> str | None:
        """The supplier of a supporting agreement."""
        record = self.book.by_id.get(agreement) if agreement is not None else None
        return None if record is None else record.part.text("supplier")

    @property
    def begun(self) -> bool:
        """Whether it was there at the instant. A record without a timeline always was, as far as the book can say."""
        return self.record.kind.lifecycle is None or self.timeline.opened is not None

    def seen(self, instant: datetime | None) -> datetime | None:
        """An instant, without fractions of a second, that had come by the instant of the facts; else None."""
        return None if instant is None or instant > self.as_of else instant.replace(microsecond=0)

    def found(self, part: str, verdict: str, on: str) -> bool | None:
        """The verdict that a part of the record holds, unless it was found on a day that had not begun."""
        holder = self.part.part(part)
        day = self.days.begin(holder.day(on))
        return holder.truth(verdict) if day is None or day <= self.as_of else None

    def first(self, event: str) -> datetime | None:
        """When an event came first."""
        found = self.timeline.first(event)
        return found.at if found else None

    def last(self, event: str, *states: str) -> datetime | None:
        """When an event came last; with states, only where the record is in one of them now."""
        found = self.timeline.last(event) if not states or self.timeline.status in states else None
        return found.at if found else None

    def month(self, instant: datetime | None) -> str | None:
        """The month of an instant in the organisation's zone: `2026-03`."""
        return self.days.month(instant)


def seconds(start: datetime | None, end: datetime | None) -> int | None:
    """Whole seconds from one instant to another; None where one is missing."""
    return None if start is None or end is None else (end - start) // timedelta(seconds=1)


def joined(texts: Iterable[str]) -> str | None:
    """Texts in one cell: `SVC-shop, SVC-mail`; None of none."""
    return ", ".join(texts) or None


def whole_number(part: Part, name: str) -> int | None:
    """A field's whole number, also where it is written as 3.0 or 1e6; None where it has none."""
    number = part.number(name)
    return None if number is None or not float(number).is_integer() else int(number)


def decimal(part: Part, name: str) -> float | None:
    """A field's number as DOUBLE; None where it has none."""
    number = part.number(name)
    return None if number is None else float(number)
