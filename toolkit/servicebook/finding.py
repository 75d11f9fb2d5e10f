"""A finding: one thing that a rule has to say, at one place."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]

LONGEST_QUOTE = 60


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """`path` is relative to the root of the book, with slashes; `line` and `column` count from 1.

    The message is one sentence with the offending value in it; the hint says what to do.
    """

    path: str
    line: int
    column: int
    rule: str
    message: str
    hint: str = ""
    severity: Severity = "error"


def quote(value: object) -> str:
    """The value as it may stand in a message: short, on one line, printable, in quotation marks.

    Record text is hostile until shown otherwise: line breaks, terminal escapes and characters that
    turn the reading direction are written as escapes, so that no record can forge a message.
    """
    text = value if isinstance(value, str) else repr(value)
    shown = inert_line(text[: LONGEST_QUOTE + 1])
    if len(text) > LONGEST_QUOTE:
        shown = inert_line(text[: LONGEST_QUOTE - 1]) + "…"
    return f"“{shown}”"


def inert_line(text: str) -> str:
    """The text on one line, every character that is not plainly printable written as an escape."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)
