"""Whether a record is what an entry of evidence asks for, and on which days it counts."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, tzinfo
from typing import Any

from servicebook.part import Part
from servicebook.record import Record
from servicebook.standards.standard import Path, Selection, Span, Where


def values(value: Any, path: Path) -> Iterator[Any]:
    """Every value that a path leads to, of a list each item; texts without a sign are no values."""
    if isinstance(value, list):
        for item in value:
            yield from values(item, path)
    elif path:
        if isinstance(value, dict) and path[0] in value:
            yield from values(value[path[0]], path[1:])
    elif value is not None and value != {} and not (isinstance(value, str) and not value.strip()):
        yield value


def chosen(record: Record, selection: Selection) -> bool:
    """Whether the record is of the kind, valid, and has the values and items that are asked for."""
    if record.kind.name != selection.kind or not record.valid:
        return False
    return _holds(record.data, selection.where) and all(
        any(_holds(found, item.where) for found in values(record.data, item.at)) for item in selection.items
    )


def lacking(record: Record, selection: Selection) -> tuple[Path, ...]:
    """The fields that the record has not filled in."""
    return tuple(path for path in selection.fields if next(values(record.data, path), None) is None)


def _holds(value: Any, where: Where) -> bool:
    return all(
        any(_is(found, option) for found in values(value, path) for option in options)
        for path, options in where.items()
    )


def _is(value: Any, option: str | bool) -> bool:
    return type(value) is type(option) and value == option


def spans(record: Record, span: Span | None) -> list[tuple[date, date]]:
    """From when to when the record holds: (first, last) of each; `date.min` and `date.max` where there is no limit."""
    if span is None:
        return [(date.min, date.max)]
    parts = [Part(record, value) for value in values(record.data, span.at)]
    return [
        (
            (part.day(span.begins) if span.begins else None) or date.min,
            (part.day(span.ends) if span.ends else None) or date.max,
        )
        for part in parts
    ]


def day(record: Record, paths: Sequence[Path], zone: tzinfo, today: date) -> date | None:
    """The latest day up to `today` that the paths lead to, on the clocks of a zone; without a path that of the id."""
    found = (_day(value, zone) for path in paths for value in values(record.data, path)) if paths else [id_day(record)]
    return max((day for day in found if day and day <= today), default=None)


def id_day(record: Record) -> date | None:
    """The day in the id of a record whose kind is dated: INC-20260304-k7q2. None where there is none."""
    digits = record.id.partition("-")[2][:8]
    if not record.kind.named and len(digits) == 8 and digits.isascii() and digits.isdigit():
        with suppress(ValueError):
            return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    return None


def newest(records: Iterable[Record], most: int) -> list[Record]:
    """At most so many of the records: by the day in the id the newest first, then those without one, by id."""
    ordered = sorted(records, key=lambda record: (-(id_day(record) or date.min).toordinal(), record.id))
    return ordered[:most]


def _day(value: Any, zone: tzinfo) -> date | None:
    if not isinstance(value, str):
        return None
    with suppress(ValueError, OverflowError):
        if "T" not in value:
            return date.fromisoformat(value)
        moment = datetime.fromisoformat(value)
        return moment.astimezone(zone).date() if moment.tzinfo else None
    return None
