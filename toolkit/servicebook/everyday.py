"""The everyday layout of a record, read line by line: the same value as libyaml's, in a third of the time.

Nearly every record is laid out as `new` and `import` write it: a field or an item a line, text on one
line or as a literal block. `read` knows that layout and no other. Whatever it does not know for certain
(flow collections, text over several lines, escapes, tabs, anything that must be refused) it leaves to
the reader in `source`, which is the reference: tests hold that where `read` answers, both give the same.
"""

import re
from collections.abc import Iterator
from typing import Any, Final

from servicebook.scalars import CONSTANTS

LARGEST: Final = 64 * 1024  # so that no limit on the number of values can be reached
DEEPEST: Final = 12

# Plain text begins with a letter or digit, holds no comment sign, and a colon only before a non-space.
_VALUE: Final = r"""[^\W_][^:#]*(?::(?=[^ ])[^:#]*)*|"[^"\\]*"|'[^']*'|\||\[\]|\{\}"""
_LINE: Final = re.compile(rf"( *)(- )?(?:([A-Za-z_][A-Za-z0-9_-]{{0,63}}):(?: ({_VALUE}))?|({_VALUE}))")
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
    column = 0  # where its lines begin
    around: list[tuple[Any, int]] = []  # the containers around it
    open_key: str | None = None  # a field of `container` whose value may follow below
    lines = iter(data.decode("utf-8").split("\n"))
    line = next(lines, None)
    while line is not None:
        match = _LINE.fullmatch(line)
        if match is None:
            if line and not line.lstrip(" ").startswith("#"):
                return None
            line = next(lines, None)
            continue
        spaces, dash, key, value, item = match.groups()
        indent = len(spaces)
        if indent > column or (dash and open_key and indent == column):
            if open_key is None or len(around) > DEEPEST:
                return None
            child: Any = [] if dash else {}
            container[open_key] = child
            around.append((container, column))
            container, column = child, indent
        else:
            while indent < column and around:
                container, column = around.pop()
            if not dash and container.__class__ is list and around and around[-1][1] == indent:
                container, column = around.pop()  # a list whose dashes stand right below its field's name
        open_key = None
        if indent != column or (container.__class__ is list) is not bool(dash):
            return None
        if dash:
            if key is None:
                entry = _value(item)
                if entry is _UNKNOWN:
                    return None
                container.append(entry)
                line = next(lines, None)
                continue
            child = {}
            container.append(child)
            around.append((container, column))
            container, column = child, indent + 2
        if key is None or key in CONSTANTS or key in container:
            return None
        if value is None:
            container[key] = None
            open_key = key
        elif value == "|":
            block: list[str] = []
            line = _block(lines, column, block)
            if not block:
                return None
            container[key] = "\n".join(block) + "\n"
            continue
        else:
            entry = _value(value)
            if entry is _UNKNOWN:
                return None
            container[key] = entry
        line = next(lines, None)
    return root or None


def _value(text: str) -> Any:
    first = text[0]
    if first in _DIGITS:
        if ":" in text or (text[4:5] == "-" and text[:4].isdigit()):
            return _UNKNOWN if text[-1] == " " else text  # a time or a date; no number has either sign there
        return int(text) if len(text) < 16 and text.isascii() and text.isdigit() else _UNKNOWN
    if first == '"' or first == "'":
        return text[1:-1]
    if first == "[":
        return []
    if first == "{":
        return {}
    if first == "|" or text[-1] == " ":
        return _UNKNOWN
    return CONSTANTS.get(text, text)


def _block(lines: Iterator[str], column: int, block: list[str]) -> str | None:
    """The lines of a literal block below a field in `column` go to `block`; the line after it is returned.

    Nothing in `block` means: not the everyday layout.
    """
    line = next(lines, None)
    if not line or line.isspace():
        return line
    indent = len(line) - len(line.lstrip(" "))
    if indent <= column:
        return line
    margin = line[:indent]
    while line is not None:
        if line.startswith(margin):
            if line.isspace():
                block.clear()
                return line
            block.append(line[indent:])
        elif not line:
            block.append("")
        elif line.isspace() or len(line) - len(line.lstrip(" ")) > column:
            block.clear()
            return line
        else:
            break
        line = next(lines, None)
    while block and not block[-1]:
        block.pop()
    return line
