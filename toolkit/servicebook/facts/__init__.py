"""Facts: rows computed from records, one table a topic. They are all that metrics read.

A table is a module of this folder. Its docstring says what a row is, and `COLUMNS` describes each column. Its rows
come from single records (`applies` says from which kinds, `rows` makes those of one), or, where what a row says
depends on more than one record, from the book (`of_book`).
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from types import ModuleType

from servicebook import registry
from servicebook.book import Book
from servicebook.clock import Clock, zone
from servicebook.facts._days import Days
from servicebook.facts._instant import default_as_of, events_after, latest_event, parse_as_of
from servicebook.facts._table import BOOK, Column, Row, Table
from servicebook.facts._whole import Whole

__all__ = [
    "Column", "Facts", "Row", "Table", "columns", "compute", "default_as_of", "events_after", "latest_event",
    "parse_as_of",
]  # fmt: skip


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


def columns(table: str) -> tuple[Column, ...]:
    """The columns of a fact table."""
    return (BOOK, *registry.module("facts", table).COLUMNS)


def compute(book: Book, as_of: datetime, only: Collection[str] = ()) -> Facts:
    """The fact tables of a book, all of them or `only` some; rows by id. Raises Problem for an unknown zone."""
    days = Days(zone(book.config.zone))
    unusable = len(book.refused) + len(book.strangers) + sum(not record.valid for record in book.all)
    maker = _Maker(book, Clock(book), days, as_of)
    tables = {name: maker.table(name) for name in only or registry.module_names("facts")}
    return Facts(as_of, days.zone, tables, unusable)


class _Maker:
    """Makes the tables of one book, each once."""

    def __init__(self, book: Book, clock: Clock, days: Days, as_of: datetime) -> None:
        self._whole = Whole(book, clock, days, as_of, self.table)
        self._made: dict[str, Table] = {}

    def table(self, name: str) -> Table:
        """A table by its name."""
        if name not in self._made:
            module = registry.module("facts", name)
            if hasattr(module, "of_book"):
                self._keep(name, module, module.of_book(self._whole))
            else:
                self._of_records()
        return self._made[name]

    def _of_records(self) -> None:
        """Every table whose rows come from single records, in one go over the book."""
        whole = self._whole
        modules = {name: module for name, module in registry.modules("facts") if hasattr(module, "rows")}
        rows: dict[str, list[Row]] = {name: [] for name in modules}
        wanted = {
            kind.name: [(rows[name], module) for name, module in modules.items() if module.applies(kind)]
            for kind in whole.book.kinds.values()
        }
        for name in whole.book.ids():
            makers = wanted[whole.book.by_id[name].kind.name]
            case = whole.case(name) if makers else None
            if case is not None:
                for found, module in makers:
                    found.extend(module.rows(case))
        for name, module in modules.items():
            self._keep(name, module, rows[name])

    def _keep(self, name: str, module: ModuleType, rows: Iterable[Row]) -> None:
        book = self._whole.book.config.organisation
        made = tuple((book, *row) for row in rows)
        self._made[name] = Table(name, (module.__doc__ or "").strip(), (BOOK, *module.COLUMNS), made)
