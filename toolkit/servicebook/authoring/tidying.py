"""The canonical layout of a record that a person laid out: the same values and comments, as `new` would write them.

Fields come in the order of the schema, each comment with what it belongs to. What a person wrote between
brackets on one line stays so where it is short. The first line tells editors the schema.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from yaml.events import MappingEndEvent, MappingStartEvent, SequenceEndEvent, SequenceStartEvent

from servicebook.authoring.comments import find, laid_out, read
from servicebook.errors import Problem
from servicebook.kinds import Kind
from servicebook.layout import InlineList, InlineMapping
from servicebook.libyaml import events
from servicebook.source import Pointer, load
from servicebook.writing import record_text


def tidy(path: str, kind: Kind, before: bytes) -> bytes:
    """The bytes of a record that stands at `path` in canonical layout.

    Raises `source.Refused` for what is no record, and `Problem` for what cannot be laid out so.
    """
    data = load(before)
    if record_text(path, kind, data) == before:
        return before
    # Fields that change places bring their blank lines: where two come together, the second pass leaves one.
    return _laid_out(path, kind, _laid_out(path, kind, before, data), data)


def with_data(path: str, kind: Kind, before: bytes, data: Mapping[str, Any]) -> bytes | None:
    """The bytes of a record in canonical layout, with other data and the comments it has.

    None where it is laid out otherwise, or where what a comment speaks of is gone.
    """
    if tidy(path, kind, before) != before:
        return None
    try:
        return _laid_out(path, kind, before, data)
    except KeyError:
        return None


def _laid_out(path: str, kind: Kind, before: bytes, data: Mapping[str, Any]) -> bytes:
    plain = record_text(path, kind, _marked(data, (), _inline(before)))
    after = laid_out(plain, read(before))
    if _values(load(after)) != _values(data) or _comments(after) != _comments(before):
        raise Problem(f"{path} cannot be laid out without loss.", "Lay it out by hand.")
    return after


def _values(data: Mapping[str, Any]) -> str:
    return json.dumps(data, sort_keys=True)  # so that 1, 1.0 and true differ


def _comments(source: bytes) -> list[str]:
    return sorted(text for _, _, text in find(source))


def _inline(source: bytes) -> set[Pointer]:
    """Which mappings and lists stand between brackets and within one line."""
    pointers = _containers(load(source), ())
    found: set[Pointer] = set()
    open_ones: list[tuple[Pointer, Any]] = []
    for event in events(source):
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            open_ones.append((next(pointers), event))
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            pointer, start = open_ones.pop()
            end: Any = event.end_mark
            if start.flow_style and start.start_mark.line == end.line:
                found.add(pointer)
    return found


def _containers(value: Any, pointer: Pointer) -> Iterator[Pointer]:
    """The mappings and lists of a record, each before those that it holds, as its file has them."""
    if isinstance(value, dict | list):
        yield pointer
        for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _containers(inner, (*pointer, name))


def _marked(value: Any, pointer: Pointer, inline: set[Pointer]) -> Any:
    """The data, with the mappings and lists at these places marked to stand on one line."""
    if isinstance(value, dict):
        inner = {name: _marked(item, (*pointer, name), inline) for name, item in value.items()}
        return InlineMapping(inner) if pointer in inline else inner
    if isinstance(value, list):
        items = [_marked(item, (*pointer, number), inline) for number, item in enumerate(value)]
        return InlineList(items) if pointer in inline else items
    return value
