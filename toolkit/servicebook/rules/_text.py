"""The text of a record's file, and the texts in it, for rules that look at every record of every kind.

Such a rule runs on ten thousand incidents that have nothing it looks for. So it asks the bytes a cheap question
first (`in` takes a millionth of a second), and reads closer only where the answer is yes.
"""

from collections.abc import Iterator
from typing import Any

from servicebook.finding import Finding
from servicebook.record import Record
from servicebook.source import Pointer


def source_text(record: Record) -> str:
    """The file as text, comments included."""
    return record.source().decode("utf-8-sig", "replace")


def finding_at(record: Record, text: str, index: int, message: str, hint: str) -> Finding:
    """A finding at a character of `source_text`."""
    line = text.count("\n", 0, index) + 1
    column = index - text.rfind("\n", 0, index)
    return Finding(record.path, line, column, "", message, hint)


def texts(value: Any, at: Pointer = ()) -> Iterator[tuple[Pointer, str]]:
    """Every text among a record's values, in the record's order, with its place."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from texts(inner, (*at, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from texts(inner, (*at, number))
