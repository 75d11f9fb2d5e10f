"""JSON exports, one record in memory at a time.

The standard parser reads each record; this module only finds where the next one begins, in an array, in
the array of {"result": [...]} or {"records": [...]}, or one after the other. Numbers stay as they are written.
"""

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any, Final, NoReturn, Protocol

from servicebook.errors import Problem
from servicebook.finding import inert_line, quote
from servicebook.importers._rows import LONGEST_LINE, Row

_CHUNK: Final = 64 * 1024
_WRAPPER = re.compile(r'\{\s*"(?:result|records)"\s*:\s*(?=[\[{])')
_SPACE: Final = " \t\r\n"
_HINT: Final = "Export the list as JSON again; the file may have been cut off or edited."


class Stream(Protocol):
    """Bytes, some at a time; none at the end."""

    def read(self, size: int) -> bytes:
        """At most `size` bytes."""


class _Twice(ValueError):
    """A field stands twice in one object."""


def read_json(stream: Stream, name: str) -> Iterator[Row]:
    """Every record as a row. Raises Problem with the line where the text is not JSON."""
    for line, value in read_values(stream, name):
        yield _row(line, value, name)


def read_values(stream: Stream, name: str, longest: int = LONGEST_LINE) -> Iterator[tuple[int, Any]]:
    """Every record as it stands, with the line where it begins. Raises Problem where the text is not JSON.

    A record that is longer than about `longest` characters is not read.
    """
    text = _Text(stream, name, longest)
    text.fill(_CHUNK)
    wrapper = _WRAPPER.match(text.buffer, text.skip())
    if wrapper:
        text.advance(wrapper.end())
    in_array = text.buffer[text.skip() : text.at + 1] == "["
    if in_array:
        text.advance(text.at + 1)
    while True:
        character = text.next()
        if not character:
            if in_array or wrapper:
                text.fail("it ends in the middle")
            return
        if character == "," and in_array:
            text.advance(text.at + 1)
        elif (in_array and character == "]") or (wrapper and not in_array and character == "}"):
            text.close("]}" if in_array and wrapper else character)
            return
        else:
            line = text.line
            yield line, text.value()


class _Text:
    """The part of the text that is in memory: `buffer`, the place `at` in it and the `line` of that place."""

    def __init__(self, stream: Stream, name: str, longest: int) -> None:
        self._longest = longest
        self._stream = stream
        self._name = name
        self._bytes = codecs.getincrementaldecoder("utf-8")()
        self._decoder = json.JSONDecoder(
            object_pairs_hook=_object, parse_int=str, parse_float=str, parse_constant=_no_constant
        )
        self.buffer = ""
        self.at = 0
        self.line = 1

    def fill(self, size: int) -> bool:
        """More text, if there is any; what was read before is let go."""
        self.buffer, self.at = self.buffer[self.at :], 0
        data = self._stream.read(size)
        try:
            more = self._bytes.decode(data, final=not data)
        except UnicodeDecodeError as error:
            line = self.line + self.buffer.count("\n") + error.object[: error.start].count(b"\n")
            byte = error.object[error.start]
            message = f"{self._name}, line {line}: byte {byte:#04x} is not UTF-8 text."
            raise Problem(message, "Save the file as UTF-8.") from None
        self.buffer += more
        return bool(data)

    def advance(self, position: int) -> None:
        """Read on from `position`."""
        self.line += self.buffer.count("\n", self.at, position)
        self.at = position

    def skip(self) -> int:
        """The place of the next character that is no space."""
        position = self.at
        while position < len(self.buffer) and self.buffer[position] in _SPACE:
            position += 1
        self.advance(position)
        return position

    def next(self) -> str:
        """The next character that is no space, which is now at `at`; "" at the end."""
        while self.skip() == len(self.buffer) and self.fill(_CHUNK):
            pass
        return self.buffer[self.at : self.at + 1]

    def close(self, brackets: str) -> None:
        """Read the brackets that close the list. What follows would be lost, so nothing may."""
        for bracket in brackets:
            if self.next() not in (bracket, ""):
                self._fail_after_list()
            if not self.buffer[self.at :]:
                self.fail("it ends in the middle")
            self.advance(self.at + 1)
        if self.next():
            self._fail_after_list()

    def _fail_after_list(self) -> NoReturn:
        message = f"{self._name}, line {self.line}: something follows after the end of the list of records."
        raise Problem(message, "Import each list from a file of its own, with nothing beside the records.")

    def value(self) -> Any:
        """The value that begins here."""
        size = _CHUNK
        while True:
            try:
                value, end = self._decoder.raw_decode(self.buffer, self.at)
            except json.JSONDecodeError as error:
                if len(self.buffer) - self.at < self._longest and self.fill(size):
                    size *= 2
                    continue
                self.line += self.buffer.count("\n", self.at, error.pos)
                self.fail(error.msg.lower())
            except _Twice as error:
                message = f"{self._name}, line {self.line}: the field {quote(str(error))} stands twice in one record."
                hint = "Export each field once; which of the two is meant cannot be told."
                raise Problem(message, hint) from None
            except (ValueError, RecursionError):
                self.fail("it holds a number or a depth that JSON does not have")
            else:
                self.advance(end)
                return value

    def fail(self, reason: str) -> NoReturn:
        """Raise the Problem that the text is not JSON here."""
        raise Problem(f"{self._name}, line {self.line}: this is not JSON: {inert_line(reason)}.", _HINT)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise _Twice(next(name for name in names if names.count(name) > 1))
    return found


def _no_constant(text: str) -> NoReturn:
    raise ValueError(text)


def _row(line: int, record: Any, name: str) -> Row:
    if not isinstance(record, dict):
        message = f"{name}, line {line}: {quote(str(record))} stands where a record is due."
        raise Problem(message, 'Each record is an object: {"number": …}.')
    values: dict[str, str] = {}
    problem = ""
    for given, value in record.items():
        column = _whole(given)
        plain = _plain(value, column)
        if plain is None:
            problem = f"the field {quote(column)} holds a list or an object, not a value"
        values[column] = plain if plain is not None else json.dumps(value, ensure_ascii=False)
    return Row(line, values, list(values.values()), problem)


def _plain(value: Any, column: str) -> str | None:
    """A value as text. The Table API gives {"display_value", "value"}: what is shown, but times as they are stored."""
    if isinstance(value, dict):
        stored, shown = value.get("value"), value.get("display_value")
        exact = column == "number" or column.endswith(("_at", "_on", "_time"))
        value = (stored or shown) if exact else (shown or stored)
    if isinstance(value, (dict, list)):
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else _whole(str(value))


def _whole(text: str) -> str:
    """Text without half characters, which JSON can spell (\\ud800) and no file can hold: � stands for each."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
