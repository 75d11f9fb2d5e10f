"""The reviews that were held."""

from datetime import date

from servicebook.book import Book
from servicebook.record import Record


def held(book: Book, *types: str) -> list[tuple[date, Record]]:
    """The reviews of these types (without any: all) that were held by the day from which the book is judged.

    Each with its day, in order of time.
    """
    found = [
        (day, review)
        for review in book.records("review")
        if (day := review.part.day("held_on")) is not None
        and day <= book.today
        and (not types or review.part.text("type") in types)
    ]
    return sorted(found, key=lambda pair: (pair[0], pair[1].id))
