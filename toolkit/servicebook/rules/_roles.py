"""Who holds which role, as the records of roles have it."""

from datetime import date

from servicebook.book import Book
from servicebook.part import Part
from servicebook.record import Record


def holders(role: Record, day: date) -> list[Part]:
    """Those who hold a role on a day, in the record's order."""
    return [
        holder
        for holder in role.part.parts("holders")
        if (holder.day("from") or date.min) <= day <= (holder.day("to") or date.max)
    ]


def holds(book: Book, person: str | None, role: str | None, day: date) -> bool | None:
    """Whether a person holds a role on a day; None where no record of the role says who holds it."""
    records = [record for record in book.records("role") if record.part.text("role") == role]
    if person is None or not records:
        return None
    return any(holder.text("person") == person for record in records for holder in holders(record, day))
