"""The whole book as a fact table reads it that no single record can fill."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cached_property

from servicebook.book import Book
from servicebook.clock import Clock
from servicebook.facts._case import Case
from servicebook.facts._days import Days
from servicebook.facts._table import Table
from servicebook.provenance.due_dates import Moves, read_moves
from servicebook.record import Record


class Whole:
    """A book as of an instant, and the other fact tables of it."""

    def __init__(self, book: Book, clock: Clock, days: Days, as_of: datetime, table: Callable[[str], Table]) -> None:
        self.book = book
        self.clock = clock
        self.days = days
        self.as_of = as_of
        self.table = table
        """Another fact table, by name. No two tables may ask for each other."""

    def cases(self, kind: str) -> Iterator[Case]:
        """The records of a kind that were there by the instant, by id."""
        for record in self.book.records(kind):
            if (case := self._case(record)) is not None:
                yield case

    def case(self, record_id: str | None) -> Case | None:
        """The record with this id as a case; None where there is none that its schema accepts and that had begun."""
        record = self.book.by_id.get(record_id) if record_id is not None else None
        return self._case(record) if record is not None and record.valid else None

    def _case(self, record: Record) -> Case | None:
        case = Case(record, self.book, self.clock, self.days, self.as_of)
        return case if case.begun else None

    @cached_property
    def incidents(self) -> frozenset[str]:
        """Ids of the incidents that were opened by the instant."""
        return frozenset(self.table("incident").column("id"))

    @cached_property
    def first_opened(self) -> datetime | None:
        """When the first incident or service request was opened."""
        opened = (*self.table("incident").column("opened_at"), *self.table("request").column("opened_at"))
        return min(opened, default=None)

    def moves(self, folders: Iterable[str]) -> Moves:
        """How often the due dates of actions in the records of some folders were moved by the instant."""
        return read_moves(self.book.tree, self.as_of, *folders)
