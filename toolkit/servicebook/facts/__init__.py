"""Facts: rows computed from records, one table a topic. They are all that metrics read.

A table is a module of this folder. Its docstring says what a row is, and `COLUMNS` describes each column. Its rows
come from single records (`applies` says from which kinds, `rows` makes those of one), or, where what a row says
depends on more than one record, from the book (`of_book`).
"""

from servicebook import registry
from servicebook.facts._instant import Events, default_as_of, events_after, latest_event, parse_as_of
from servicebook.facts._ledger import Ledger
from servicebook.facts._making import Facts, compute
from servicebook.facts._table import BOOK, Column, Row, Table

__all__ = [
    "Column", "Events", "Facts", "Ledger", "Row", "Table", "columns", "compute", "default_as_of", "events_after",
    "latest_event", "parse_as_of",
]  # fmt: skip


def columns(table: str) -> tuple[Column, ...]:
    """The columns of a fact table."""
    return (BOOK, *registry.module("facts", table).COLUMNS)
