"""Which states a record went through, and when it came into each."""

from collections.abc import Sequence
from datetime import date, datetime

from servicebook.book import Book
from servicebook.clock import zone
from servicebook.record import Record
from servicebook.rules._timeline import told


def entered(record: Record) -> list[list[str]]:
    """Each state and the instant at which it began, both as text, in order of time: a rule may keep it as its note.

    Empty for a kind without a lifecycle, and for a timeline with an instant that no calendar has.
    """
    return [[state.name, state.start.isoformat()] for state in told(record).states]


def standing(states: Sequence[Sequence[str]], as_of: datetime) -> tuple[str, datetime] | None:
    """The state at an instant and since when, of what `entered` gave; None before the record was opened."""
    begun = [(name, datetime.fromisoformat(start)) for name, start in states]
    return next(((name, start) for name, start in reversed(begun) if start <= as_of), None)


def last(record: Record) -> str | None:
    """The state at the end of the timeline; None for a kind without a lifecycle."""
    return told(record).status


def day_of(book: Book, moment: datetime) -> date:
    """The day of an instant in the organisation's zone, as a message names it."""
    return moment.astimezone(zone(book.config.zone)).date()
