"""Where a tab may stand: in a quoted or block text, between brackets, in a comment. And where a comment may begin.

YAML allows a tab between a colon and its value and at the end of a line too. ruamel.yaml, which edits records,
does not read it there, and nobody sees it: a record with one would validate and then refuse to be edited.
libyaml takes a comment that is glued to | or >, which is no YAML, and in brackets it drops a question mark that a
text begins with.
"""

import re
from bisect import bisect_right
from typing import Any, Final

from yaml._yaml import CParser
from yaml.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

Place = tuple[int, int]
"""Line and column, both from 0."""

_COMMENT: Final = re.compile(r"(?:^|[ \t])#")
# # first, which few lines hold: a search for it is as fast as bytes can be searched
_GLUED: Final = re.compile(rb"#(?:(?<=[|>]#)|(?<=[|>][-+0-9]#)|(?<=[|>][-+0-9][-+0-9]#))")
_ASKED: Final = re.compile(rb"\?(?<=[\s{\[,]\?)(?=\S)")
_GLUED_HEADER: Final = re.compile("[|>][-+0-9]{0,2}(?=#)")


def objection(data: bytes) -> tuple[int, int, str, str] | None:
    """Line and column from 1, sentence and hint. `data` is a whole record that libyaml can scan."""
    tabs = b"\t" in data
    asked = b"?" in data and _ASKED.search(data) is not None
    if not tabs and not asked and not _GLUED.search(data):
        return None
    lines = data.decode("utf-8-sig").split("\n")
    spans = _texts_and_brackets(data)
    for (line, column), _ in spans:
        if header := _GLUED_HEADER.match(lines[line], column):
            return (line + 1, header.end() + 1, "A comment is glued to | or >.", "Put a space before #.")
    if asked and (mark := _dropped_question_mark(lines, data)):
        hint = "Put the text in quotation marks."
        return (mark[0] + 1, mark[1] + 1, "Between brackets a text cannot begin with a question mark.", hint)
    if tabs and (tab := _stray_tab(lines, spans)):
        hint = "Write spaces; a text that holds a tab goes in quotation marks."
        return (tab[0] + 1, tab[1] + 1, "A tab stands where spaces belong.", hint)
    return None


def _stray_tab(lines: list[str], spans: list[tuple[Place, Place]]) -> Place | None:
    """The first tab that stands where the dialect has none."""
    # what follows | or > on its line is not yet text
    held = [((start[0] + 1, 0) if lines[start[0]][start[1]] in "|>" else start, end) for start, end in spans]
    starts = [start for start, _ in held]
    for number, line in enumerate(lines):
        column = line.find("\t")
        while column >= 0:
            before = bisect_right(starts, (number, column)) - 1
            end = held[before][1] if before >= 0 else (0, 0)
            if (number, column) >= end:
                since = end[1] if end[0] == number else 0
                if _COMMENT.search(line, since, column):
                    break
                return (number, column)
            column = line.find("\t", column + 1)
    return None


def _dropped_question_mark(lines: list[str], data: bytes) -> Place | None:
    """The first question mark that belongs to no text although it touches one."""
    next_event: Any = CParser(data).get_event
    while (event := next_event()) is not None:
        if event.__class__ is ScalarEvent:
            line, column = _place(event.start_mark)
            if line < len(lines) and column and lines[line][column - 1 : column] == "?":
                return (line, column - 1)
    return None


def _texts_and_brackets(data: bytes) -> list[tuple[Place, Place]]:
    """Beginning and end of each quoted or block text and of each outermost pair of brackets, in their order."""
    spans: list[tuple[Place, Place]] = []
    depth, opened = 0, (0, 0)
    next_event: Any = CParser(data).get_event
    while (event := next_event()) is not None:
        kind = event.__class__
        start, end = _place(event.start_mark), _place(event.end_mark)
        if kind in (MappingStartEvent, SequenceStartEvent) and (depth or event.flow_style):
            opened = opened if depth else start
            depth += 1
        elif kind in (MappingEndEvent, SequenceEndEvent) and depth:
            depth -= 1
            if not depth:
                spans.append((opened, end))
        elif kind is ScalarEvent and event.style and not depth:
            spans.append((start, end))
    return spans


def _place(mark: Any) -> Place:
    return (mark.line, mark.column)
