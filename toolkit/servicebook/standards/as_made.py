"""Which records nobody has written in yet: a text still stands in them as it did when they were made."""

from collections.abc import Iterator
from typing import Any, Final

from servicebook.kinds import ITEMS, Kind
from servicebook.record import FOLDER, Record
from servicebook.registry import PACKAGE
from servicebook.source import Pointer, load

SHORTEST: Final = 20
"""Characters from which two texts are not the same by chance."""

LONGEST_TITLE: Final = 200
"""Titles are often the same: Information security policy. What may be longer is prose."""


class AsMade:
    """Knows what new records hold: the examples of their kinds, and the records of a new book that are called
    examples. What else a new book begins with, such as its priorities, may stay as it is."""

    def __init__(self) -> None:
        self._examples: dict[str, list[tuple[Pointer, str]]] = {}
        self._starters: dict[str, Any] = {}
        for path in sorted((PACKAGE / "starter").glob(f"*/{FOLDER}/*/*-example.yaml")):
            self._starters[path.stem] = load(path.read_bytes())

    def places(self, record: Record) -> tuple[str, ...]:
        """Where the record's texts are still as they were made: "description", "catalogue.0.text"."""
        kind = record.kind
        if kind.name not in self._examples:
            examples = kind.schema.get("examples", ())
            self._examples[kind.name] = [place for one in examples for place in _texts(kind, kind.schema, one)]
        places = self._examples[kind.name]
        if record.id in self._starters:
            places = [*places, *_texts(kind, kind.schema, self._starters[record.id])]
        same = {".".join(map(str, path)) for path, text in places if _at(record.data, path) == text}
        return tuple(sorted(same))


def _texts(kind: Kind, schema: Any, value: Any, path: Pointer = ()) -> Iterator[tuple[Pointer, str]]:
    """Place and text of what a person would write at length; no titles, no words of a list, no names."""
    schema = kind.resolve(schema)
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _texts(kind, kind.child(schema, name), inner, (*path, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _texts(kind, kind.child(schema, ITEMS), inner, (*path, number))
    elif isinstance(value, str) and len(value) >= SHORTEST and schema.get("maxLength", 0) > LONGEST_TITLE:
        yield path, value


def _at(value: Any, path: Pointer) -> Any:
    for step in path:
        try:
            value = value[step]
        except (KeyError, IndexError, TypeError):
            return None
    return value
