"""Rows of single records put together by table, and taken apart again."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate

from servicebook import registry
from servicebook.facts._store import Group
from servicebook.facts._table import Column, Packs, Row


def unpacked(group: Group) -> list[dict[str, Sequence[Row]]]:
    """The rows of each record of a group, by table."""
    found: list[dict[str, Sequence[Row]]] = [{} for _ in group.records]
    for table, (counts, packed) in group.tables.items():
        rows = list(Packs(columns_of(table), [packed]))
        for place, (end, count) in enumerate(zip(accumulate(counts), counts, strict=True)):
            found[place][table] = rows[end - count : end]
    return found


def together(rows: Sequence[Mapping[str, Sequence[Row]]]) -> dict[str, list[Row]]:
    """The rows of several records, by table."""
    found: dict[str, list[Row]] = defaultdict(list)
    for made in rows:
        for table, more in made.items():
            found[table] += more
    return found


def columns_of(table: str) -> Sequence[Column]:
    """The columns of a table's own rows, without `book`."""
    columns: Sequence[Column] = registry.module("facts", table).COLUMNS
    return columns
