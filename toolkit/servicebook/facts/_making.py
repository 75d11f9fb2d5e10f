"""Making the fact tables of one book: each table once, the rows of single records in one go."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from servicebook import registry
from servicebook.book import Book
from servicebook.clock import Clock, zone
from servicebook.facts._case import Case
from servicebook.facts._days import Days
from servicebook.facts._table import BOOK, Packed, Packs, Row, Table
from servicebook.facts._whole import Whole


@dataclass(frozen=True, eq=False)
class Facts:
    """The fact tables of a book at an instant: nothing later than `as_of` is in them.

    `unusable` counts files of records that cannot be read or do not fit their schema: nothing of them
    is in any table. `zone` is the organisation's.
    """

    as_of: datetime
    zone: tzinfo
    tables: dict[str, Table]
    unusable: int = 0


Rows = Mapping[str, Sequence[Row]]
"""Rows by table, without the column `book`."""


class Maker:
    """The fact tables of a book as of an instant."""

    def __init__(self, book: Book, days: Days, as_of: datetime) -> None:
        self.clock = Clock(book)
        self.whole = Whole(book, self.clock, days, as_of, self.table)
        self._modules = {name: module for name, module in registry.modules("facts") if hasattr(module, "rows")}
        self._of_kind = {
            kind.name: {name: module for name, module in self._modules.items() if module.applies(kind)}
            for kind in book.kinds.values()
        }
        self._made: dict[str, Table] = {}

    def table(self, name: str) -> Table:
        """A table by its name."""
        if name not in self._made:
            module = registry.module("facts", name)
            if hasattr(module, "of_book"):
                self._keep(name, module.of_book(self.whole))
            else:
                self._of_records()
        return self._made[name]

    @property
    def of_records(self) -> Collection[str]:
        """Names of the tables whose rows come from single records."""
        return self._modules.keys()

    def rows(self, case: Case) -> Rows:
        """The rows that a record gives by itself."""
        return {name: list(module.rows(case)) for name, module in self._of_kind[case.kind].items()}

    def _of_records(self) -> None:
        """Every table whose rows come from single records."""
        found: dict[str, list[Row]] = {name: [] for name in self._modules}
        for record_id in self.whole.book.ids():
            case = self.whole.case(record_id)
            for name, made in self.rows(case).items() if case is not None else ():
                found[name].extend(made)
        for name, rows in found.items():
            self._keep(name, rows)

    def _keep(self, name: str, rows: Iterable[Row]) -> None:
        book = self.whole.book.config.organisation
        self._take(name, tuple((book, *row) for row in rows))

    def keep(self, name: str, packs: Sequence[Packed]) -> None:
        """Take the rows of a table, the column `book` in them, as made."""
        self._take(name, Packs((BOOK, *registry.module("facts", name).COLUMNS), packs))

    def _take(self, name: str, rows: Sequence[Row]) -> None:
        module = registry.module("facts", name)
        self._made[name] = Table(name, (module.__doc__ or "").strip(), (BOOK, *module.COLUMNS), rows)


def compute(book: Book, as_of: datetime, only: Collection[str] = ()) -> Facts:
    """The fact tables of a book, all of them or `only` some; rows by id. Raises Problem for an unknown zone."""
    days = Days(zone(book.config.zone))
    maker = Maker(book, days, as_of)
    tables = {name: maker.table(name) for name in only or registry.module_names("facts")}
    return Facts(as_of, days.zone, tables, unusable(book))


def unusable(book: Book) -> int:
    """How many files of a book give no facts."""
    return len(book.refused) + len(book.strangers) + sum(not record.valid for record in book.all)
