"""The canonical layout of a record that a person laid out: the same values and comments, as `new` would write them.

Fields come in the order of the schema, each comment with what it belongs to. What a person wrote between
brackets on one line stays so where it is short. The first line tells editors the schema.
"""

import json
from collections.abc import Mapping
from typing import Any

from yaml.events import MappingEndEvent, MappingStartEvent, SequenceEndEvent, SequenceStartEvent

from servicebook.authoring.comments import find, laid_out, read
from servicebook.errors import Problem
from servicebook.kinds import Kind
from servicebook.layout import InlineList, InlineMapping
from servicebook.libyaml import events
from servicebook.source import load
from servicebook.writing import record_text


def tidy(path: str, kind: Kind, before: bytes) -> bytes:
    """The bytes of a record that stands at `path` in canonical layout.

    Raises `source.Refused` for what is no record, and `Problem` for what cannot be laid out so.
    """
    data = load(before)
    if (plain := record_text(path, kind, data)) == before:
        return before
    inline = _inline(before)
    if inline:
        plain = record_text(path, kind, _marked(data, inline))
    after = laid_out(plain, read(before))
    if _values(load(after)) != _values(data) or _comments(after) != _comments(before):
        raise Problem(f"{path} cannot be laid out without loss.", "Lay it out by hand.")
    return after


def _values(data: Mapping[str, Any]) -> str:
    return json.dumps(data, sort_keys=True)  # so that 1, 1.0 and true differ


def _comments(source: bytes) -> list[str]:
    return sorted(text for _, _, text in find(source))


def _inline(source: bytes) -> set[int]:
    """Which mappings and lists, counted as they begin, stand between brackets on one line of their own or others."""
    found: set[int] = set()
    open_ones: list[tuple[int, Any]] = []
    number = 0
    for event in events(source):
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            open_ones.append((number, event))
            number += 1
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            begun, start = open_ones.pop()
            end: Any = event.end_mark
            if start.flow_style and start.start_mark.line == end.line:
                found.add(begun)
    return found


def _marked(data: Mapping[str, Any], inline: set[int]) -> dict[str, Any]:
    """The data, with the mappings and lists of these numbers marked to stand on one line."""
    numbers = iter(range(10**9))

    def mark(value: Any) -> Any:
        if isinstance(value, dict):
            short = next(numbers) in inline
            inner = {name: mark(item) for name, item in value.items()}
            return InlineMapping(inner) if short else inner
        if isinstance(value, list):
            short = next(numbers) in inline
            items = [mark(item) for item in value]
            return InlineList(items) if short else items
        return value

    marked: dict[str, Any] = mark(data)
    return marked
