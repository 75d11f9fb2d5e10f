"""What followed from a miss, and whether it still stands."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from servicebook.book import Book
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._states import day_of, last
from servicebook.rules._timeline import opened_at

_WORK: Final = ("improvement", "problem", "change")
_SOURCES: Final = ("caused-by", "follows")
"""Types of links by which a record says where it comes from."""


def is_work(kind: Kind) -> bool:
    """Whether records of a kind are what a miss may lead to."""
    return kind.name in _WORK


def taken_up(record: Record) -> str | None:
    """When work was taken up, as a rule keeps it for `stands`: "" where no timeline says when.

    None for work that was rejected or cancelled: nothing follows from it.
    """
    return None if last(record) in ("rejected", "cancelled") else opened_at(record) or ""


def stands(book: Book, kept: Mapping[str, Any], record: Record, since: date) -> bool:
    """Whether a record is work that was taken up on a day or later, and not given up."""
    begun = kept.get(record.id)
    return begun is not None and (begun == "" or day_of(book, datetime.fromisoformat(begun)) >= since)


def comes_of(book: Book, kept: Mapping[str, Any], record: Record, since: date) -> bool:
    """Whether work names a record as its source, was taken up on a day or later, and was not given up."""
    for other, link in book.links_in(record.id):
        if stands(book, kept, other, since):
            sources = [own.pointer for own in other.part.parts("links") if own.text("type") in _SOURCES]
            if link.pointer[0] == "source" or link.pointer[:2] in sources:
                return True
    return False
