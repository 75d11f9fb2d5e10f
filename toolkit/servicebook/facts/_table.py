"""What a fact table is: its name, what it says, its columns and its rows."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple, overload

SqlType = Literal["VARCHAR", "BIGINT", "DOUBLE", "BOOLEAN", "TIMESTAMP"]
Row = tuple[Any, ...]


class Column(NamedTuple):
    """One column. `TIMESTAMP` is in UTC; months are `2026-03` in the organisation's zone."""

    name: str
    type: SqlType
    description: str


BOOK = Column("book", "VARCHAR", "Name of the organisation whose book it is: rows of several books can be told apart.")
"""The first column of every table. `compute` puts it there; a table's own COLUMNS and rows leave it out."""


class Packed(NamedTuple):
    """Some rows by column: the values as JSON with commas between them, an instant as seconds since 1970."""

    rows: int
    columns: list[str]


class Packs(Sequence[Row]):
    """Rows that are kept packed, and unpacked when they are asked for."""

    def __init__(self, columns: Sequence[Column], packs: Sequence[Packed]) -> None:
        self._columns = columns
        self._packs = [pack for pack in packs if pack.rows]
        self._count = sum(pack.rows for pack in packs)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Row]:
        return zip(*(self.column(place) for place in range(len(self._columns))), strict=True)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        return tuple(self)[place]

    def text(self, place: int) -> str:
        """A column as a JSON array."""
        return "[" + ",".join(pack.columns[place] for pack in self._packs) + "]"

    def column(self, place: int) -> list[Any]:
        """The values of a column."""
        values: list[Any] = json.loads(self.text(place))
        if self._columns[place].type == "TIMESTAMP":
            return [None if value is None else datetime.fromtimestamp(value, UTC) for value in values]
        return values


def pack(columns: Sequence[Column], rows: Sequence[Row]) -> Packed:
    """Rows as they are kept."""
    values = list(zip(*rows, strict=True)) or [()] * len(columns)
    return Packed(len(rows), [_text(column, found) for column, found in zip(columns, values, strict=True)])


def repeated(text: str, count: int) -> str:
    """A column of the same text in each row, packed."""
    return ",".join([json.dumps(text)] * count)


def _text(column: Column, values: Sequence[Any]) -> str:
    if column.type == "TIMESTAMP":
        values = [None if value is None else int(value.timestamp()) for value in values]
    return json.dumps(values, separators=(",", ":"))[1:-1]


@dataclass(frozen=True, slots=True)
class Table:
    """A fact table. A row is a tuple in the order of the columns; instants in it are aware and in UTC."""

    name: str
    description: str
    columns: tuple[Column, ...]
    rows: Sequence[Row]

    def column(self, name: str) -> list[Any]:
        """The values of one column, row by row."""
        place = [column.name for column in self.columns].index(name)
        return self.rows.column(place) if isinstance(self.rows, Packs) else [row[place] for row in self.rows]

    def records(self) -> Iterator[dict[str, Any]]:
        """The rows as values by column."""
        names = [column.name for column in self.columns]
        return (dict(zip(names, row, strict=True)) for row in self.rows)

    def texts(self) -> list[str]:
        """Each column as a JSON array, an instant as whole seconds since 1970: for engines, which read that fast."""
        rows = self.rows
        if isinstance(rows, Packs):
            return [rows.text(place) for place in range(len(self.columns))]
        return [f"[{text}]" for text in pack(self.columns, rows).columns]
