"""Who holds which role, as the records of roles have it."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from servicebook.book import Book
from servicebook.part import Part
from servicebook.record import Record


class Term(NamedTuple):
    """The time for which somebody holds a role, from the first day to the last."""

    person: str | None
    first: date
    last: date


Terms = Mapping[str, list[Term]]
"""Terms by role."""


def terms(book: Book) -> Terms:
    """Every term of every role that has a record."""
    found: dict[str, list[Term]] = {}
    for record in book.records("role"):
        if (role := record.part.text("role")) is not None:
            found.setdefault(role, []).extend(_term(holder) for holder in record.part.parts("holders"))
    return found


def holds(known: Terms, person: str | None, role: str | None, day: date) -> bool | None:
    """Whether a person holds a role on a day; None where no record of the role says who holds it."""
    if person is None or role is None or role not in known:
        return None
    return any(term.person == person and term.first <= day <= term.last for term in known[role])


def competences(book: Book) -> Iterator[Part]:
    """The competences that are needed on the day from which the book is judged, by id.

    Those of people who no longer hold the role are left out; where no record says who holds it, they are not.
    """
    known = terms(book)
    for record in book.records("competence"):
        competence = record.part
        if holds(known, competence.text("person"), competence.text("role"), book.today) is not False:
            yield competence


def sole_holder(known: Terms, role: str, day: date) -> str | None:
    """The person who alone holds a role on a day; None where nobody does, or several do."""
    found = {term.person for term in known.get(role, ()) if term.first <= day <= term.last}
    return found.pop() if len(found) == 1 else None


def holders(role: Record, day: date) -> list[Part]:
    """Those who hold a role on a day, in the record's order."""
    return [one for one in role.part.parts("holders") if (term := _term(one)).first <= day <= term.last]


def _term(holder: Part) -> Term:
    return Term(holder.text("person"), holder.day("from") or date.min, holder.day("to") or date.max)
