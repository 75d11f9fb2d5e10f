"""What a fact table is: its name, what it says, its columns and its rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple

SqlType = Literal["VARCHAR", "BIGINT", "DOUBLE", "BOOLEAN", "TIMESTAMP"]
Row = tuple[Any, ...]


class Column(NamedTuple):
    """One column. `TIMESTAMP` is in UTC; months are `2026-03` in the organisation's zone."""

    name: str
    type: SqlType
    description: str


BOOK = Column("book", "VARCHAR", "Name of the organisation whose book it is: rows of several books can be told apart.")
"""The first column of every table. `compute` puts it there; a table's own COLUMNS and rows leave it out."""


@dataclass(frozen=True, slots=True)
class Table:
    """A fact table. A row is a tuple in the order of the columns; instants in it are aware and in UTC."""

    name: str
    description: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def column(self, name: str) -> list[Any]:
        """The values of one column, row by row."""
        place = [column.name for column in self.columns].index(name)
        return [row[place] for row in self.rows]

    def records(self) -> Iterator[dict[str, Any]]:
        """The rows as values by column."""
        names = [column.name for column in self.columns]
        return (dict(zip(names, row, strict=True)) for row in self.rows)
