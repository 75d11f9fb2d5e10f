"""Certificates that somebody may rely on today."""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.part import Part


def standing(book: Book) -> Iterator[Part]:
    """Each certificate that is not withdrawn and that no later one for the same standard has taken the place of."""
    held = [record.part for record in book.records("certificate") if not _withdrawn(book, record.part)]
    for one in held:
        end = one.day("valid_to")
        if end is not None and not any(_follows(other, one) for other in held):
            yield one


def _withdrawn(book: Book, certificate: Part) -> bool:
    day = certificate.day("withdrawn_on")
    return day is not None and day <= book.today


def _follows(other: Part, one: Part) -> bool:
    end, its = one.day("valid_to"), other.day("valid_to")
    return other.text("standard") == one.text("standard") and end is not None and its is not None and its > end
