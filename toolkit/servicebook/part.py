"""A part of a record's data, read by what a field must be for the reader, whatever the schema leaves open.

A team may replace a schema of ours, and an old commit brings the schemas of its day. So whoever asks a record
across kinds asks here, and gets the value where it is of the sort wanted, and nothing where it is not.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from servicebook.finding import Finding
    from servicebook.record import Record
    from servicebook.source import Pointer

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Part:
    """An object within a record, at `pointer`; the empty pointer is the record itself. False where it is empty."""

    __slots__ = ("_value", "pointer", "record")

    def __init__(self, record: Record, value: Any, pointer: Pointer = ()) -> None:
        self.record = record
        self.pointer = pointer
        self._value: dict[str, Any] = value if isinstance(value, dict) else {}

    def __contains__(self, name: object) -> bool:
        return name in self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    def text(self, name: str) -> str | None:
        """The field's text; None where it has none."""
        value = self._value.get(name)
        return value if isinstance(value, str) else None

    def day(self, name: str) -> date | None:
        """The field's date (2026-03-04); None where it has none."""
        value = self._value.get(name)
        if isinstance(value, str) and _DATE.fullmatch(value):
            with suppress(ValueError):
                return date.fromisoformat(value)
        return None

    def moment(self, name: str) -> datetime | None:
        """The field's instant, in UTC; None where it has none, or one without an offset."""
        value = self._value.get(name)
        if isinstance(value, str) and "T" in value:
            with suppress(ValueError, OverflowError):
                moment = datetime.fromisoformat(value)
                return moment.astimezone(UTC) if moment.tzinfo else None
        return None

    def number(self, name: str) -> int | float | None:
        """The field's number; None where it has none. A truth value is no number."""
        value = self._value.get(name)
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    def truth(self, name: str) -> bool | None:
        """The field's truth value; None where it has none."""
        value = self._value.get(name)
        return value if isinstance(value, bool) else None

    def texts(self, name: str) -> list[str]:
        """The texts in the field's list."""
        value = self._value.get(name)
        return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []

    def numbers(self, name: str) -> list[int | float]:
        """The numbers in the field's list."""
        value = self._value.get(name)
        items = value if isinstance(value, list) else ()
        return [item for item in items if isinstance(item, int | float) and not isinstance(item, bool)]

    def part(self, name: str) -> Part:
        """The object that the field holds; an empty part where it holds none."""
        return Part(self.record, self._value.get(name), (*self.pointer, name))

    def parts(self, name: str) -> list[Part]:
        """The objects in the field's list, each with its place."""
        value = self._value.get(name)
        items = enumerate(value) if isinstance(value, list) else ()
        return [Part(self.record, item, (*self.pointer, name, at)) for at, item in items if isinstance(item, dict)]

    def finding(self, name: str, message: str, hint: str = "") -> Finding:
        """What a rule has to say at a field; at the part itself where the field is missing or the name is empty."""
        return self.record.finding((*self.pointer, name) if name in self._value else self.pointer, message, hint)
