"""Where a tab may stand: in a quoted or block text, between brackets, in a comment.

YAML allows a tab between a colon and its value and at the end of a line too. ruamel.yaml, which edits records,
does not read it there, and nobody sees it: a record with one would validate and then refuse to be edited.
"""

import re
from bisect import bisect_right
from typing import Any, Final

from yaml._yaml import CParser
from yaml.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

Place = tuple[int, int]
"""Line and column, both from 0."""

_COMMENT: Final = re.compile(r"(?:^|[ \t])#")


def stray_tab(data: bytes) -> Place | None:
    """The first tab that stands where the dialect has none. `data` is a whole record that libyaml can scan."""
    spans = _spans_that_may_hold_tabs(data)
    starts = [start for start, _ in spans]
    for number, line in enumerate(data.decode("utf-8-sig").split("\n")):
        column = line.find("\t")
        while column >= 0:
            before = bisect_right(starts, (number, column)) - 1
            end = spans[before][1] if before >= 0 else (0, 0)
            if (number, column) >= end:
                since = end[1] if end[0] == number else 0
                if _COMMENT.search(line, since, column):
                    break
                return (number, column)
            column = line.find("\t", column + 1)
    return None


def _spans_that_may_hold_tabs(data: bytes) -> list[tuple[Place, Place]]:
    """Beginning and end of each quoted or block text and of each outermost pair of brackets, in their order."""
    spans: list[tuple[Place, Place]] = []
    depth, opened = 0, (0, 0)
    parser = CParser(data)
    event: Any
    while (event := parser.get_event()) is not None:
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
            spans.append(((start[0] + 1, 0) if event.style in "|>" else start, end))
    return spans


def _place(mark: Any) -> Place:
    return (mark.line, mark.column)
