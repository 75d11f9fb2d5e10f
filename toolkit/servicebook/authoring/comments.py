"""The comments of a record and the empty lines between its parts: what they stand at, and how another layout has them.

A comment behind a value belongs to it. One on a line of its own belongs to the field or item below; where it stands
further in than that, to the one above that it stands level with.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import dropwhile
from operator import not_
from typing import Any, Final

from yaml.events import ScalarEvent

from servicebook.libyaml import events
from servicebook.positions import locate
from servicebook.source import Pointer

MODELINE: Final = "# yaml-language-server:"
"""How the line begins that tells an editor the schema. It is not counted among the comments."""

Lines = defaultdict[Pointer, list[str]]


@dataclass
class Comments:
    """What stands at each pointer: above it, behind it on its line, below all that it holds. An empty text is an empty
    line. What stands at the end of the record is below the empty pointer."""

    above: Lines = field(default_factory=lambda: defaultdict(list))
    behind: Lines = field(default_factory=lambda: defaultdict(list))
    below: Lines = field(default_factory=lambda: defaultdict(list))


def find(source: bytes) -> Iterator[tuple[int, int, str]]:
    """Every comment of an accepted record: row and column of its #, from 1, and its text with the #."""
    inside = _inside_values(source)
    for row, line in enumerate(_lines(source), 1):
        for column, sign in enumerate(line, 1):
            after_space = column == 1 or line[column - 2] in " \t"
            if sign == "#" and after_space and not any(begin <= column < end for begin, end in inside[row]):
                if not line.startswith(MODELINE):
                    yield row, column, line[column - 1 :].rstrip()
                break


def read(source: bytes) -> Comments:
    """The comments of an accepted record, each with what it belongs to."""
    found = Comments()
    starts = sorted(locate(source).starts(), key=lambda start: (start[0], start[1], len(start[2])))
    anchors: dict[int, Pointer] = {}  # what begins a row
    fields: dict[int, Pointer] = {}  # the same, but of an item the first field
    columns: dict[int, int] = {}
    for row, column, pointer in starts:
        anchors.setdefault(row, pointer)
        if columns.setdefault(row, column) == column:
            fields[row] = pointer
    comments = {row: (column, text) for row, column, text in find(source)}
    inside = _inside_values(source)
    levels: list[tuple[int, Pointer]] = []  # what began so far, with the column that is level with it
    waiting: list[tuple[int, str]] = []  # comments with their columns, and empty lines, that wait for what comes below
    for row, line in enumerate(_lines(source), 1):
        column, text = comments.get(row, (0, ""))
        alone = bool(text) and not line[: column - 1].strip()
        if alone or not (line.strip() or row in inside):
            waiting.append((column, text))
        elif row in anchors:
            indent = _margin(line) + 1
            _settle(found, waiting, levels, anchors[row], indent)
            waiting = []
            levels.append((indent, anchors[row]))
            levels += [(begin, pointer) for at, begin, pointer in starts if at == row and begin > indent]
        if text and not alone:
            found.behind[fields[row] if row in fields else levels[-1][1]].append(text)
    _settle(found, waiting, levels, None, 0)
    return found


def _settle(
    found: Comments, waiting: list[tuple[int, str]], levels: list[tuple[int, Pointer]],
    following: Pointer | None, indent: int,
) -> None:  # fmt: skip
    """Lines go above what follows them, or below what they are level with where they stand further in than that."""
    empty: list[str] = []  # of many empty lines one is left, and none at the top of the file
    above: list[str] = []
    for column, text in waiting:
        if not text:
            empty = [""] if levels or above else []
            continue
        if column > indent and levels and not above:
            holder = next((pointer for level, pointer in reversed(levels) if level <= column), levels[0][1])
            found.below[holder if indent or column > 1 else ()] += [*empty, text]
        else:
            above += [*empty, text]
        empty = []
    if following is not None:
        found.above[following] += [*above, *empty]


def laid_out(plain: bytes, comments: Comments) -> bytes:
    """The bytes of a record that has no comments, but for the line for editors, with these at what they belong to."""
    lines = plain.decode("utf-8").splitlines()
    starts = list(locate(plain).starts())
    places = {pointer: (row, column) for row, column, pointer in starts}
    above: dict[int, list[str]] = defaultdict(list)
    behind: dict[int, str] = {}
    below: dict[int, list[str]] = defaultdict(list)
    for pointer, texts in comments.behind.items():
        row = places[pointer][0]
        first, *others = texts if row not in behind else ("", *texts)
        behind[row] = behind.get(row) or f"  {first}"
        above[row] += [" " * _margin(lines[row - 1]) + text for text in others]
    for pointer, texts in comments.above.items():
        row = places[pointer][0]
        above[row] += _indented(_margin(lines[row - 1]), texts)
    for pointer in sorted(comments.below, key=len, reverse=True):
        row, column = places.get(pointer, (1, 1))
        margin = _margin(lines[row - 1]) if pointer and isinstance(pointer[-1], int) else column - 1
        after = [start for start, _, other in starts if start > row and other[: len(pointer)] != pointer]
        below[min(after, default=len(lines) + 1) - 1] += _indented(margin, comments.below[pointer])
    written: list[str] = []
    for row, line in enumerate(lines, 1):
        if all(text.startswith(MODELINE) for text in written):  # an empty line came along to the top
            above[row] = list(dropwhile(not_, above[row]))
        written += [*above[row], line + behind.get(row, ""), *below[row]]
    return ("\n".join(written) + "\n").encode("utf-8")


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _indented(margin: int, texts: list[str]) -> list[str]:
    return [" " * margin + text if text else "" for text in texts]


def _lines(source: bytes) -> list[str]:
    return source.decode("utf-8-sig").replace("\r\n", "\n").split("\n")


def _inside_values(source: bytes) -> dict[int, list[tuple[int, int]]]:
    """By row, from which column to which (not counted) it belongs to the text of a value."""
    lines = _lines(source)
    inside: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for event in events(source):
        if not isinstance(event, ScalarEvent):
            continue
        start: Any = event.start_mark
        end: Any = event.end_mark
        block = event.style in ("|", ">")  # a comment may follow the sign of a block, on its line
        first, last = start.line + 1 if block else start.line, end.line
        while block and last > first and not (lines[last][: end.column] if last == end.line else lines[last]).strip():
            last -= 1  # empty lines below a block are no part of its text, but where it says so with a +
        for row in range(first, last + 1):
            begin = start.column if row == start.line else 0
            stop = end.column if row == end.line else len(lines[row])
            inside[row + 1].append((begin + 1, stop + 1))
    return inside
