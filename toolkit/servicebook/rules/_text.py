"""The text of a record's file, and the texts in it, for rules that look at every record of every kind.

Such a rule runs on ten thousand incidents that have nothing it looks for. So it asks the bytes a cheap question
first (`in` takes a millionth of a second), and reads closer only where the answer is yes.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from servicebook.finding import Finding
from servicebook.record import Record
from servicebook.source import Pointer


class Line(NamedTuple):
    """One line of a record's file; `number` counts from 1."""

    number: int
    text: str

    def finding(self, record: Record, index: int, message: str, hint: str) -> Finding:
        """What a rule has to say at a character of the line."""
        return Finding(record.path, self.number, index + 1, "", message, hint)


def places(source: bytes, wanted: bytes) -> Iterator[int]:
    """Where a word stands in the bytes of a file, once for each line that has it."""
    place = source.find(wanted)
    while place >= 0:
        yield place
        end = source.find(b"\n", place)
        place = source.find(wanted, end) if end >= 0 else -1


def line_of(source: bytes, place: int) -> Line:
    """The line that a byte of a file belongs to."""
    start, end = source.rfind(b"\n", 0, place) + 1, source.find(b"\n", place)
    text = source[start : len(source) if end < 0 else end]
    return Line(source.count(b"\n", 0, start) + 1, text.decode("utf-8-sig", "replace"))


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
