"""What a fact table is made of: its columns, and one incident as every table reads it."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any, Literal, NamedTuple

from servicebook.clock import Priority, Timeline, Timer
from servicebook.record import Record

SqlType = Literal["VARCHAR", "BIGINT", "BOOLEAN", "TIMESTAMP"]
Row = tuple[Any, ...]


class Column(NamedTuple):
    """One column. `TIMESTAMP` is in UTC; months are `2026-03` in the organisation's zone."""

    name: str
    type: SqlType
    description: str


@dataclass(frozen=True, slots=True)
class Table:
    """A fact table. A row is a tuple in the order of the columns; instants in it are aware and in UTC."""

    name: str
    description: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One incident that was opened by the instant of the facts, with what the clock makes of it."""

    record: Record
    timeline: Timeline
    priority: Priority
    timers: list[Timer]
    zone: tzinfo

    def month(self, instant: datetime | None) -> str | None:
        """The month of an instant in the organisation's zone: `2026-03`."""
        if instant is None:
            return None
        local = instant.astimezone(self.zone)
        return f"{local.year}-{local.month:02}"
