"""Whether what a record is about is still there."""

from servicebook.book import Book
from servicebook.part import Part


def in_use(book: Book, about: Part) -> bool:
    """Whether a part names, in its field services, a service that is not retired; or names none, and so means all."""
    named = [book.by_id.get(name) for name in about.texts("services")]
    ends = [service.part.day("retired_on") for service in named if service is not None and service.valid]
    return not ends or any(day is None or day > book.today for day in ends)
