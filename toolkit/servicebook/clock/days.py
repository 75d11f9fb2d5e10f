"""The days of a book: from midnight to midnight in the organisation's zone, of 23, 24 or 25 hours."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

from servicebook.book import Book
from servicebook.clock.losses import Span
from servicebook.clock.versions import local_date
from servicebook.clock.years import seconds_of
from servicebook.record import instant


class Day(NamedTuple):
    """A day by its date (`2026-03-04`): its first instant and the first no longer in it, in UTC, also as seconds."""

    name: str
    start: datetime
    end: datetime
    span: Span


def first_day(book: Book, local: tzinfo) -> date | None:
    """The first day of which the book speaks."""
    opened = (
        instant(event["at"])
        for incident in book.records("incident")
        for event in incident.data["timeline"]
        if event["event"] == "opened"
    )
    began = (instant(outage.data["from"]) for outage in book.records("outage"))
    first = [local_date(at, local) for at in (min(opened, default=None), min(began, default=None)) if at is not None]
    days = [date.fromisoformat(day) for day in first]
    return min([*days, book.config.since] if book.config.since else days, default=None)


def days_between(first: date, as_of: datetime, local: tzinfo) -> Iterator[Day]:
    """The days from the first on, until `as_of`. A date that the zone skips is none."""
    start, end = _midnight(first, local), as_of.replace(microsecond=0).astimezone(UTC)
    day = first
    while start < end:
        day += timedelta(days=1)
        until = _midnight(day, local)
        if start < until:
            stop = min(until, end)
            name = (day - timedelta(days=1)).isoformat()
            yield Day(name, start, stop, (seconds_of(start), seconds_of(stop)))
        start = until


def _midnight(day: date, local: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=local).astimezone(UTC)
