"""Line and column of every value of a record, and its comments: a second pass, made when there is something to say."""

from collections.abc import Iterator

from yaml.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from servicebook.libyaml import events
from servicebook.refusal import Pointer


class Positions:
    """Line and column, both from 1, of every field and value of one record."""

    def __init__(self, keys: dict[Pointer, tuple[int, int]], values: dict[Pointer, tuple[int, int]]) -> None:
        self._keys = keys
        self._values = values

    def of(self, pointer: Pointer) -> tuple[int, int]:
        """Where to point a reader who is told of `pointer`: a field by its name, an item by its beginning.

        A pointer that leads nowhere, such as a missing field, is answered by the nearest thing around it.
        """
        while pointer:
            place = self._keys.get(pointer) or self._values.get(pointer)
            if place is not None:
                return place
            pointer = pointer[:-1]
        return (1, 1)

    def of_value(self, pointer: Pointer) -> tuple[int, int]:
        """Where the value itself begins; as `of` where there is none."""
        return self._values.get(pointer) or self.of(pointer)

    def starts(self) -> Iterator[tuple[int, int, Pointer]]:
        """Row, column and pointer of every field, where its name begins, and of every item."""
        yield from ((*place, pointer) for pointer, place in self._keys.items())
        yield from (
            (*place, pointer) for pointer, place in self._values.items() if pointer not in self._keys and pointer
        )


def locate(data: bytes) -> Positions:
    """The positions in a record that `load` accepts. A second pass, made only when there is something to say."""
    keys: dict[Pointer, tuple[int, int]] = {}
    values: dict[Pointer, tuple[int, int]] = {}
    stack: list[Pointer] = []
    pointer: Pointer = ()
    in_mapping: list[bool] = []
    awaiting_value = False
    for event in events(data):
        if isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            pointer = stack.pop()
            in_mapping.pop()
            awaiting_value = False
            continue
        place = (event.start_mark.line + 1, event.start_mark.column + 1)
        if in_mapping and in_mapping[-1] and not awaiting_value:
            pointer = (*stack[-1], event.value)
            keys[pointer] = place
            awaiting_value = True
            continue
        if in_mapping and not in_mapping[-1]:
            last = pointer[-1] if len(pointer) > len(stack[-1]) else -1
            pointer = (*stack[-1], int(last) + 1)
        values[pointer] = place
        awaiting_value = False
        if isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            stack.append(pointer)
            in_mapping.append(isinstance(event, MappingStartEvent))
    return Positions(keys, values)


def comments(data: bytes, containing: str) -> list[tuple[int, str]]:
    """The comments of an accepted record that contain a text: (line from 1, text after the #).

    A line inside a multi-line text that looks like a comment is not one.
    """
    text = data.decode("utf-8-sig")
    inside: set[int] = set()
    for event in events(data):
        start, end = event.start_mark, event.end_mark
        if isinstance(event, ScalarEvent) and end.line > start.line:
            last = end.line if end.column else end.line - 1
            inside.update(range(start.line + 1, last + 1))
    found = []
    for number, line in enumerate(text.split("\n")):
        if number not in inside and containing in line and line.lstrip().startswith("#"):
            found.append((number + 1, line.strip().lstrip("#").strip()))
    return found
