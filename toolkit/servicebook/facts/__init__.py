"""Facts: rows computed from records, one table a topic. They are all that metrics read.

A table is a module of this folder: its docstring says what a row is, `COLUMNS` describes each column,
and `rows` makes the rows of one incident.
"""

from dataclasses import dataclass
from datetime import datetime, tzinfo

from servicebook import registry
from servicebook.book import Book
from servicebook.clock import Clock, zone
from servicebook.facts._instant import default_as_of, events_after, latest_event, parse_as_of
from servicebook.facts._table import Case, Column, Row, Table

__all__ = ["Column", "Facts", "Row", "Table", "compute", "default_as_of", "events_after", "latest_event", "parse_as_of"]


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


def compute(book: Book, as_of: datetime) -> Facts:
    """Every fact table of a book, rows by id of the incident. Raises Problem for a zone that does not exist."""
    clock, local = Clock(book), zone(book.config.zone)
    makers = dict(registry.modules("facts"))
    rows: dict[str, list[Row]] = {name: [] for name in makers}
    for record in book.records("incident"):
        timeline = clock.timeline(record, as_of)
        if timeline.opened is None:
            continue
        timers = clock.timers(record, as_of, timeline)
        case = Case(record, timeline, clock.priority(record, timeline), timers, local)
        for name, maker in makers.items():
            rows[name].extend(maker.rows(case))
    tables = {
        name: Table(name, (maker.__doc__ or "").strip(), maker.COLUMNS, tuple(rows[name]))
        for name, maker in makers.items()
    }
    unusable = len(book.refused) + len(book.strangers) + sum(not record.valid for record in book.all)
    return Facts(as_of, local, tables, unusable)
