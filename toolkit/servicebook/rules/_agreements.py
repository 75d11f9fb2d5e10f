"""Versions of agreements by the days on which they hold, and services by the days on which they are live."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from servicebook.book import Book
from servicebook.clock import judged_kind
from servicebook.part import Part
from servicebook.record import Record
from servicebook.rules._validity import spans

_NEW: Final = timedelta(days=30)


class Version(NamedTuple):
    """One version of an agreement, in force from its first day to its last; date.max: until further notice."""

    part: Part
    number: int
    first: date
    last: date


def versions(agreement: Record) -> list[Version]:
    """The versions that are in force on any day, by their first; none for a kind without versions."""
    if agreement.kind.versions is None:
        return []
    parts = agreement.part.parts(agreement.kind.versions)
    found = [Version(parts[n], s.version, s.first, s.last or date.max) for n, s in enumerate(spans(agreement))]
    return sorted((version for version in found if version.first <= version.last), key=lambda v: (v.first, v.number))


def in_force(agreement: Record, day: date) -> Version | None:
    """The version in force on a day; of several the latest."""
    return next((version for version in reversed(versions(agreement)) if version.first <= day <= version.last), None)


def is_live(service: Record, day: date) -> bool:
    """Whether a service is provided on a day: begun, and not yet retired."""
    first, retired = service.part.day("live_from"), service.part.day("retired_on")
    return first is not None and first <= day and (retired is None or day < retired)


def live_services(book: Book) -> Iterator[Record]:
    """The services in scope that are live on the day from which the book is judged, and were a month before, by id.

    A service that is new has that month to get what a service must have: its record comes before that of its SLA.
    """
    scope = book.config.services
    for service in book.records("service"):
        if is_live(service, book.today) and is_live(service, book.today - _NEW) and (not scope or service.id in scope):
            yield service


def kind_of(target: Part) -> str:
    """Of which kind the records are that a target judges."""
    return judged_kind(target.text("measure"), target.text("kind"))
