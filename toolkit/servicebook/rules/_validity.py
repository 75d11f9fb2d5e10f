"""The days on which each version of a record is in force, as the rules on validity read them."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from servicebook.record import Record
from servicebook.source import Pointer


class Span(NamedTuple):
    """From the first day to the last, both in force; no last day: until further notice."""

    pointer: Pointer
    version: int
    first: date
    last: date | None


def spans(record: Record) -> Iterator[Span]:
    """The validity of every version of a record that has versions, in the record's order."""
    listed = str(record.kind.versions)
    for number, version in enumerate(record.data.get(listed, ())):
        last = version.get("valid_to")
        first = date.fromisoformat(version["valid_from"])
        yield Span((listed, number), version["version"], first, date.fromisoformat(last) if last else None)


def successions(found: Iterable[Span]) -> Iterator[tuple[Span, Span]]:
    """Each version but the first by its first day, after the one of those before it that is in force longest.

    Versions that end before they begin are in force on no day, and are left out.
    """
    longest: Span | None = None
    for span in sorted(found, key=lambda span: span.first):
        if span.last is not None and span.last < span.first:
            continue
        if longest is not None:
            yield longest, span
        if longest is None or span.last is None or (longest.last is not None and span.last > longest.last):
            longest = span
