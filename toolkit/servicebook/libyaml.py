"""A record by way of libyaml's parse events: the reader that knows every layout.

libyaml scans; the conversion is ours, because the stock ones read YAML 1.1 types and keep the last of
two equal keys. What the dialect does not allow is refused at its event, before any tree is built: loaders
that build first can be hung or killed by two kilobytes.
"""

import re
from collections.abc import Iterator
from math import isinf
from sys import float_info
from typing import Any, Final

from yaml import YAMLError
from yaml._yaml import CParser
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

from servicebook import encoding, spacing
from servicebook.finding import quote
from servicebook.refusal import Refused
from servicebook.scalars import CONSTANTS
from servicebook.syntax import DIRECTIVE, explain, opened_and_not_closed

DEEPEST: Final = 20
MOST_VALUES: Final = 50_000
MOST_DIGITS: Final = 16

_NUMBER_STARTS: Final = frozenset("0123456789+-.<")  # and the merge key <<
_NUMBER = re.compile(
    r"(?P<int>[-+]?[0-9]+)|(?P<oct>0o[0-7]+)|(?P<hex>0x[0-9a-fA-F]+)"
    r"|(?P<float>[-+]?(?:\.[0-9]+(?:[eE][-+][0-9]+)?|[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?))"
    r"|(?P<unclear>[-+]?\.[0-9]+[eE][0-9]+)"  # a number in YAML 1.2, text to most readers and to our writer
    r"|(?P<endless>[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))"
)

_NOT_NOUGHT = re.compile("[-+0.]*[1-9]")


def read(data: bytes) -> dict[str, Any]:
    """The record in bytes that have passed `encoding.objection`. Raises `Refused`."""
    try:
        record = _document(CParser(data).get_event)
    except YAMLError as error:
        raise _syntax_error(error, data) from None
    if found := spacing.objection(data):
        raise Refused(*found)
    return record


def _document(next_event: Any) -> dict[str, Any]:
    next_event()  # the stream's start
    event = next_event()
    if isinstance(event, StreamEndEvent):
        raise Refused(1, 1, "The file is empty.", "Write a record, or remove the file.")
    if event.version is not None or event.tags is not None:
        raise _refused(event, *DIRECTIVE)
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
        hint = "One file holds one record: remove the line “---” or split the file."
        raise _refused(event, "The file holds a second document.", hint)
    return record


def _mapping(event: Any, next_event: Any) -> dict[str, Any]:
    """Everything below the mapping that `event` starts. A loop with a stack: depth costs no recursion."""
    _plain_node(event)
    root: dict[str, Any] = {}
    container: Any = root
    stack: list[Any] = []  # the containers around this one
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
                if value in CONSTANTS:
                    value = CONSTANTS[value]
                elif value[0] in _NUMBER_STARTS:
                    value = _number(value, event)
            elif style == '"' and not value.isprintable() and (found := encoding.objection_to_escape(value)):
                raise _refused(event, *found)
            elif style in "|>" and not value.strip():  # the reader that edits records loses its way in some of them
                raise _refused(
                    event, f"There is no text after {style}.", "Write it below, indented, or remove the field."
                )
            if key is None and container.__class__ is dict:
                if value.__class__ is not str:
                    raise _bad_key(event)
                if value in container:
                    raise _duplicate(event, value)
                key = value
                continue
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            _plain_node(event)
            if key is None and container.__class__ is dict:
                raise _bad_key(event)
            if len(stack) + 2 > DEEPEST:
                raise _refused(
                    event,
                    f"The record is nested more than {DEEPEST} levels deep.",
                    "Records are flat: check the brackets and the indentation.",
                )
            value = {} if kind is MappingStartEvent else []
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            if not stack:
                return root
            container = stack.pop()
            continue
        elif kind is AliasEvent:
            raise _refused(
                event,
                f"The alias {quote('*' + event.anchor)} is not part of the record dialect.",
                "Write the value out where it is used; text that begins with * goes in quotation marks.",
            )
        else:
            raise AssertionError(f"libyaml gave {event} within a mapping")
        values += 1
        if values > MOST_VALUES:
            raise _refused(event, f"The record holds more than {MOST_VALUES} values.", "Split it into several records.")
        if key is None:
            container.append(value)
        else:
            container[key] = value
            key = None
        if kind is not ScalarEvent:
            stack.append(container)
            container = value


def _number(text: str, event: Any) -> int | float | str:
    match = _NUMBER.fullmatch(text)
    if match is None:
        if text == "<<":
            hint = "Write the fields out; << as text goes in quotation marks."
            raise _refused(event, "The merge key << is not part of the record dialect.", hint)
        return text
    form = match.lastgroup
    if form == "unclear":
        hint = "Write 0 before the point, or put the text in quotation marks."
        raise _refused(event, f"{quote(text)} is a number to some readers and text to others.", hint)
    if form == "endless":
        raise _refused(
            event,
            f"{quote(text)} is not a number that can be measured.",
            "Write a finite number, or put the text in quotation marks.",
        )
    if len(text) > MOST_DIGITS and sum(c.isdigit() for c in text) > MOST_DIGITS:
        raise _too_many_digits(event)
    if form == "float":
        number = float(text)
        if isinf(number) or (abs(number) < float_info.min and _NOT_NOUGHT.match(text)):
            raise _refused(
                event,
                f"{quote(text)} is too {'large' if isinf(number) else 'small'} a number.",
                "Write a finite number that is not vanishingly small, or put the text in quotation marks.",
            )
        return number
    if form == "int":
        return int(text)
    whole = int(text, 8 if form == "oct" else 16)
    if whole >= 10**MOST_DIGITS:
        raise _too_many_digits(event)
    return whole


def _too_many_digits(event: Any) -> Refused:
    return _refused(
        event,
        f"The number has more than {MOST_DIGITS} digits.",
        "If it is a label rather than a quantity, put it in quotation marks.",
    )


def _plain_node(event: Any) -> None:
    if event.anchor is not None:
        raise _refused(
            event,
            f"The anchor {quote('&' + event.anchor)} is not part of the record dialect.",
            "Remove it, and write the value out where it is used.",
        )
    if event.tag is not None:
        tag = event.tag.replace("tag:yaml.org,2002:", "!!", 1)
        raise _refused(
            event,
            f"The tag {quote(tag)} is not part of the record dialect.",
            "Remove the tag; text that would read as a number goes in quotation marks.",
        )


def _bad_key(event: Any) -> Refused:
    if isinstance(event, ScalarEvent):
        return _refused(
            event, f"The field name {quote(event.value or 'null')} is not text.", "Put it in quotation marks."
        )
    return _refused(
        event,
        "A field name cannot be a list or a mapping.",
        "Check the brackets, the question mark and the indentation.",
    )


def _duplicate(event: Any, key: str) -> Refused:
    return _refused(event, f"The field {quote(key)} stands here for the second time.", "Keep one of the two.")


def _refused(event: Any, message: str, hint: str) -> Refused:
    return Refused(event.start_mark.line + 1, event.start_mark.column + 1, message, hint)


def _syntax_error(error: YAMLError, data: bytes) -> Refused:
    """The scanner's objection in words. A `MarkedYAMLError` it is: what reads no characters is refused before."""
    problem, context = str(getattr(error, "problem", "")), str(getattr(error, "context", ""))
    mark = getattr(error, "context_mark" if opened_and_not_closed(problem) else "problem_mark", None)
    lines = data.decode("utf-8-sig").removesuffix("\n").split("\n")
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    if line >= len(lines):  # behind the end of the file, where nobody can look
        line, column = len(lines) - 1, len(lines[-1])
    message, hint = explain(context, problem, lines[line][column:])
    return Refused(line + 1, column + 1, message, hint)


def events(data: bytes) -> Iterator[Any]:
    """The parse events of an accepted record that stand for values and containers."""
    parser = CParser(data)
    while (event := parser.get_event()) is not None:
        if isinstance(event, (ScalarEvent, MappingStartEvent, SequenceStartEvent, MappingEndEvent, SequenceEndEvent)):
            yield event
