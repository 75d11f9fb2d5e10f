"""Bytes → data: the strict YAML dialect of records, and where each value stands.

One document of UTF-8 text; YAML 1.2 core types (`no` is text, `010` is ten, `12:30:45` is text, times
are text); no anchors, aliases, tags, directives, merge keys or duplicate keys; keys are text; finite
numbers of at most 16 digits; bounded size, depth and number of values. Whatever else is refused at the
level of bytes or of parse events, before any tree is built: loaders that build first can be hung or
killed by two kilobytes.

libyaml scans; the conversion is ours, because the stock ones read YAML 1.1 types and keep the last of
two equal keys.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from yaml import YAMLError
from yaml.cyaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from servicebook.finding import LONGEST_QUOTE, inert_line

LARGEST: Final = 1024 * 1024
DEEPEST: Final = 20
MOST_VALUES: Final = 50_000
MOST_DIGITS: Final = 16

_PLAIN_ASCII = bytes([0x09, 0x0A, 0x0D, *range(0x20, 0x7F)])
# Not text: controls, unpaired surrogates, non-characters. Line breaks that YAML 1.1 and 1.2 read
# differently. Marks that turn the reading direction, with which a line can show what it does not say.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
_LONE_RETURN = re.compile(rb"\r(?!\n)")

_CONSTANTS: Final[dict[str, bool | None]] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_NUMBER_STARTS: Final = frozenset("0123456789+-.")
_NUMBER = re.compile(
    r"(?P<int>[-+]?[0-9]+)|(?P<oct>0o[0-7]+)|(?P<hex>0x[0-9a-fA-F]+)"
    r"|(?P<float>[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)"
    r"|(?P<endless>[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))"
)

Pointer = tuple[str | int, ...]


class Refused(Exception):
    """The bytes are not a record in the strict dialect. `line` and `column` count from 1."""

    def __init__(self, line: int, column: int, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.line = line
        self.column = column
        self.message = message
        self.hint = hint


def load(data: bytes) -> dict[str, Any]:
    """The record as plain dicts, lists, str, int, float, bool and None. Raises `Refused`."""
    _check_bytes(data)
    try:
        return _document(CParser(data).get_event)
    except YAMLError as error:
        raise _syntax_error(error) from None


def _document(next_event: Any) -> dict[str, Any]:
    next_event()  # the stream's start
    event = next_event()
    if isinstance(event, StreamEndEvent):
        raise Refused(1, 1, "The file is empty.", "Write a record, or remove the file.")
    if event.version is not None or event.tags is not None:
        raise _refused(event, "A YAML directive (%…) is not part of the record dialect.", "Remove the line that begins with %.")
    event = next_event()
    if event.__class__ is not MappingStartEvent:
        if event.__class__ is ScalarEvent and not event.value and not event.style:
            raise Refused(1, 1, "The file is empty.", "Write a record, or remove the file.")
        raise _refused(event, "A record is a mapping of fields, like “title: …”.", "Begin with “id: …”.")
    record = _mapping(event, next_event)
    event = next_event()
    if event.__class__ is DocumentEndEvent:
        event = next_event()
    if event.__class__ is DocumentStartEvent:
        raise _refused(event, "The file holds a second document.", "One file holds one record: remove the line “---” or split the file.")
    return record


def _mapping(event: Any, next_event: Any) -> dict[str, Any]:
    """Everything below the mapping that `event` starts. A loop with a stack: depth costs no recursion."""
    _plain_node(event)
    root: dict[str, Any] = {}
    container: Any = root
    stack: list[tuple[Any, str | None]] = []  # the containers around this one, each with its pending key
    key: str | None = None
    values = 0
    while True:
        event = next_event()
        kind = event.__class__
        if kind is ScalarEvent:
            if event.anchor is not None or event.tag is not None:
                _plain_node(event)
            value = event.value
            style = event.style
            if not style:
                if value in _CONSTANTS:
                    value = _CONSTANTS[value]
                elif value[0] in _NUMBER_STARTS:
                    value = _number(value, event)
            elif style == '"' and not value.isprintable():
                _check_escapes(value, event)
            if key is None and container.__class__ is dict:
                if value.__class__ is not str or (value == "<<" and not style):
                    raise _bad_key(event, value)
                if value in container:
                    raise _duplicate(event, value)
                key = value
                continue
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            _plain_node(event)
            if key is None and container.__class__ is dict:
                raise _bad_key(event, None)
            stack.append((container, key))
            if len(stack) >= DEEPEST:
                raise _refused(event, f"The record is nested more than {DEEPEST} levels deep.", "Records are flat: check the brackets and the indentation.")
            value = {} if kind is MappingStartEvent else []
            if key is None:
                container.append(value)
            else:
                container[key] = value
                key = None
            container = value
            values += 1
            continue
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            if not stack:
                return root
            container, key = stack.pop()
            key = None
            continue
        else:
            raise _refused(event, f"The alias *{event.anchor} is not part of the record dialect.", "Write the value out where it is used.") if kind is AliasEvent else _refused(event, "The YAML ends too early.")
        values += 1
        if values > MOST_VALUES:
            raise _refused(event, f"The record holds more than {MOST_VALUES} values.", "Split it into several records.")
        if key is None:
            container.append(value)
        else:
            container[key] = value
            key = None


def _number(text: str, event: Any) -> int | float | str:
    match = _NUMBER.fullmatch(text)
    if match is None:
        return text
    form = match.lastgroup
    if form == "endless":
        raise _refused(event, f"{text} is not a number that can be measured.", "Write a finite number, or put the text in quotation marks.")
    if len(text) > MOST_DIGITS and sum(c.isdigit() for c in text) > MOST_DIGITS:
        raise _refused(event, f"The number has more than {MOST_DIGITS} digits.", "If it is a label rather than a quantity, put it in quotation marks.")
    if form == "float":
        number = float(text)
        if number in (float("inf"), float("-inf")):
            raise _refused(event, f"{text} is too large a number.", "Write a finite number, or put the text in quotation marks.")
        return number
    return int(text, {"int": 10, "oct": 8, "hex": 16}[str(form)])


def _check_bytes(data: bytes) -> None:
    if len(data) > LARGEST:
        raise Refused(1, 1, f"The file is larger than {LARGEST // 1024} KiB.", "Keep records small; attach large material elsewhere and name it here.")
    if data.translate(None, _PLAIN_ASCII):
        _check_characters(data)
    if b"\r" in data and (lone := _LONE_RETURN.search(data)):
        raise Refused(data.count(b"\n", 0, lone.start()) + 1, 1, "A carriage return stands alone.", "Save the file with line feeds (LF) at line ends.")
    if data.startswith(b"version https://git-lfs"):
        raise Refused(1, 1, "This is a Git LFS pointer, not a record.", "Keep records in git itself: take *.yaml out of .gitattributes’ LFS lines.")
    if b"<<<<<<< " in data and (data.startswith(b"<<<<<<< ") or b"\n<<<<<<< " in data):
        line = data[: data.index(b"<<<<<<< ")].count(b"\n") + 1
        raise Refused(line, 1, "An unresolved merge conflict stands here.", "Choose one side and remove the lines <<<<<<<, ======= and >>>>>>>.")


def _check_characters(data: bytes) -> None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Refused(line, 1, f"Byte {data[error.start]:#04x} is not UTF-8 text.", "Save the file as UTF-8.") from None
    if bad := _FORBIDDEN.search(text):
        before = text[: bad.start()]
        column = len(before) - (before.rfind("\n") + 1) + 1
        message = f"The character U+{ord(bad.group()):04X} may not stand in a record."
        raise Refused(before.count("\n") + 1, column, message, "Remove it; it cannot be seen, or it makes text read otherwise than it is.")


def _check_escapes(value: str, event: Any) -> None:
    if bad := _FORBIDDEN.search(value):
        message = f"The escape for U+{ord(bad.group()):04X} may not stand in a record."
        raise _refused(event, message, "Remove it; it cannot be seen, or it makes text read otherwise than it is.")


def _plain_node(event: Any) -> None:
    if event.anchor is not None:
        raise _refused(event, f"The anchor &{event.anchor} is not part of the record dialect.", "Remove it, and write the value out where it is used.")
    if event.tag is not None:
        raise _refused(event, f"The tag {event.tag} is not part of the record dialect.", "Remove the tag; text that would read as a number goes in quotation marks.")


def _bad_key(event: Any, value: object) -> Refused:
    if value == "<<":
        return _refused(event, "The merge key << is not part of the record dialect.", "Write the fields out.")
    if isinstance(event, ScalarEvent):
        return _refused(event, f"The field name {event.value or 'null'} is not text.", "Put it in quotation marks.")
    return _refused(event, "A field name cannot be a list or a mapping.", "Check the brackets, the question mark and the indentation.")


def _duplicate(event: Any, key: str) -> Refused:
    return _refused(event, f"The field {key} stands here for the second time.", "Keep one of the two.")


def _refused(event: Any, message: str, hint: str = "") -> Refused:
    mark = event.start_mark
    message = inert_line(message[: LONGEST_QUOTE * 3])
    return Refused(mark.line + 1, mark.column + 1, message, hint)


def _syntax_error(error: YAMLError) -> Refused:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    problem = str(getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read")
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    hint = "Check the indentation and the quotation marks on this line and the one before."
    for sign, advice in _ADVICE:
        if sign in problem:
            hint = advice
    return Refused(line, column, f"This is not YAML: {inert_line(problem)}.", hint)


_ADVICE: Final = (
    ("mapping values are not allowed", "Text that contains “: ” goes in quotation marks."),
    ("cannot start any token", "Text that begins with @, ` or a tab goes in quotation marks; indent with spaces."),
    ("did not find expected key", "Check the indentation; text with quotation marks inside goes in quotation marks as a whole."),
    ("found unexpected end of stream", "A quotation mark is opened and not closed."),
)


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


def locate(data: bytes) -> Positions:
    """The positions in a record that `load` accepts. A second pass, made only when there is something to say."""
    keys: dict[Pointer, tuple[int, int]] = {}
    values: dict[Pointer, tuple[int, int]] = {}
    stack: list[Pointer] = []
    pointer: Pointer = ()
    in_mapping: list[bool] = []
    awaiting_value = False
    for event in _events(data):
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
    for event in _events(data):
        if isinstance(event, ScalarEvent) and event.end_mark.line > event.start_mark.line:
            last = event.end_mark.line if event.end_mark.column else event.end_mark.line - 1
            inside.update(range(event.start_mark.line + 1, last + 1))
    found = []
    for number, line in enumerate(text.split("\n")):
        if number not in inside and containing in line and line.lstrip().startswith("#"):
            found.append((number + 1, line.strip().lstrip("#").strip()))
    return found


def _events(data: bytes) -> Iterator[Any]:
    parser = CParser(data)
    while (event := parser.get_event()) is not None:
        if isinstance(event, (ScalarEvent, MappingStartEvent, SequenceStartEvent, MappingEndEvent, SequenceEndEvent)):
            yield event
