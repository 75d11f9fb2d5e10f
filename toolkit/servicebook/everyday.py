"""The everyday layout of a record, read line by line: the same value as libyaml's, in a third of the time.

Nearly every record is laid out as `new` and `import` write it: a field or an item a line, text on one
line or as a literal block. `read` knows that layout and no other. Whatever it does not know for certain
(flow collections, text over several lines, escapes, tabs, anything that must be refused) it leaves to
the reader in `source`, which is the reference: tests hold that where `read` answers, both give the same.
"""

import re
from functools import lru_cache
from typing import Any, Final

from servicebook.scalars import CONSTANTS

LARGEST: Final = 64 * 1024  # so that no limit on the number of values can be reached
DEEPEST: Final = 12

SHORT: Final = 24  # characters; such values are mostly words that thousands of records have, like roles and events

_NAME: Final = "[A-Za-z_][A-Za-z0-9_-]{0,63}"
_HEAD: Final = re.compile(rf"( *)(- )?({_NAME})").fullmatch
_LINE: Final = re.compile(rf"( *)(?:(- )?({_NAME}):(?: (.+))?|(- )(.+))").fullmatch
# Plain text begins with a letter or digit, holds no comment sign, and a colon only before a non-space.
_VALUE: Final = re.compile(r"""[^\W_][^:#]*(?::(?=[^ ])[^:#]*)*|"[^"\\]*"|'[^']*'|\|""").fullmatch
_DIGITS: Final = frozenset("0123456789")

_UNKNOWN: Final = object()


def read(data: bytes) -> dict[str, Any] | None:
    """The record, or None where its layout is not the everyday one. The bytes have passed `encoding.objection`."""
    if (
        len(data) > LARGEST
        or not data.endswith(b"\n")
        or b"\t" in data
        or b"\r" in data
        or data.startswith(b"\xef\xbb\xbf")
    ):
        return None
    root: dict[str, Any] = {}
    container: Any = root  # the mapping or list that the line before stands in
    listing = False  # whether it is a list
    column = 0  # where its lines begin
    around: list[tuple[Any, bool, int]] = []  # the containers around it
    open_key: str | None = None  # a field of `container` whose value may follow below
    lines = data.decode("utf-8").split("\n")
    number, last = 0, len(lines)
    while number < last:
        line = lines[number]
        number += 1
        head, colon, value = line.partition(": ")
        key: str | None
        opening = _opening(head) if colon else None
        if opening is not None:
            indent, dash, key = opening
        else:
            match = _LINE(line)
            if match is None:
                if line and not line.lstrip(" ").startswith("#"):
                    return None
                continue
            indent, dash, key, value = len(match[1]), match[2] or match[5], match[3], match[4] or match[6] or ""
        if indent > column or (dash and open_key and indent == column):
            if open_key is None or len(around) > DEEPEST:
                return None
            child: Any = [] if dash else {}
            container[open_key] = child
            around.append((container, listing, column))
            container, listing, column = child, bool(dash), indent
        else:
            while indent < column and around:
                container, listing, column = around.pop()
            if listing and not dash and around and around[-1][2] == indent:
                container, listing, column = around.pop()  # a list whose dashes stand right below its field's name
        open_key = None
        if indent != column or listing is not bool(dash):
            return None
        if dash:
            if key is None:
                entry = _value(value)
                if entry is _UNKNOWN:
                    return None
                container.append(entry)
                continue
            child = {}
            container.append(child)
            around.append((container, True, column))
            container, listing, column = child, False, indent + 2
        if key is None or key in container or key in CONSTANTS:
            return None
        if not value:
            container[key] = None
            open_key = key
        elif value == "|":
            block, number = _block(lines, number, column)
            if not block:
                return None
            container[key] = block
        else:
            entry = _short(value) if len(value) < SHORT else _value(value)
            if entry is _UNKNOWN:
                return None
            container[key] = entry
    return root or None


@lru_cache(maxsize=4096)
def _opening(head: str) -> tuple[int, str | None, str] | None:
    """Indentation, dash and name of a field, from what stands before ": "; thousands of records have the same few."""
    match = _HEAD(head)
    return None if match is None else (len(match[1]), match[2], match[3])


def _value(text: str) -> Any:
    if _VALUE(text) is None:
        return _UNKNOWN
    first = text[0]
    if first in _DIGITS:
        if ":" in text or (text[4:5] == "-" and text[:4].isdigit()):
            return _UNKNOWN if text[-1] == " " else text  # a time or a date; no number has either sign there
        return int(text) if len(text) < 16 and text.isascii() and text.isdigit() else _UNKNOWN
    if first == '"' or first == "'":
        return text[1:-1]
    if first == "|" or text[-1] == " ":
        return _UNKNOWN
    return CONSTANTS.get(text, text)


_short = lru_cache(maxsize=4096)(_value)


def _block(lines: list[str], first: int, column: int) -> tuple[str, int]:
    """The literal block from line `first` on, below a field in `column`, and the number of the line after it.

    Empty where it is none of the everyday layout.
    """
    indent = len(lines[first]) - len(lines[first].lstrip(" "))
    if indent <= column:
        return "", first
    margin = " " * indent
    block: list[str] = []
    number = first
    for number in range(first, len(lines)):
        line = lines[number]
        if line.isspace():
            return "", number
        if line.startswith(margin):
            block.append(line[indent:])
        elif not line:
            block.append("")
        elif len(line) - len(line.lstrip(" ")) > column:
            return "", number
        else:
            break
    return "\n".join(block).rstrip("\n") + "\n", number
