"""Record text made inert, one function for each place it can stand in.

HTML bodies come from an autoescaping template and need none of these. What passes through Markdown, a
theme that does not escape, or a script goes through here.
"""

import json
import re
from typing import Any

_NOT_PLAIN = re.compile(r"[^A-Za-z0-9 \u00a0-\U0010ffff]")
# Controls that no reader sees, and marks that turn the reading direction or hide in a word.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")

_IDEOGRAPH = re.compile("[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_BEGINS = re.compile(r"\s|[-*•·] |[0-9]{1,3}[.)] ")

WRAPPED = 60
"""Columns from which a line counts as wrapped by an editor rather than ended by its writer."""


def references(text: str) -> str:
    """Text for Markdown and for themes that do not escape: every ASCII sign as a numeric reference.

    HTML escaping is not enough inside Markdown: `![x](x){onerror=…}` holds no character that it changes.
    """
    return _NOT_PLAIN.sub(lambda found: f"&#{ord(found.group())};", visible(text).replace("\n", " "))


def visible(text: str) -> str:
    """The text with each unseen character written as its code point; line breaks and tabs stay."""
    if text.isprintable():
        return text
    return _UNSEEN.sub(lambda found: f"⟨U+{ord(found.group()):04X}⟩", text)


def prose(text: str) -> str:
    """The visible text with the line breaks that its writer meant: a file wraps its lines where they grow long.

    A break is a wrap where the line before it is at least `WRAPPED` wide and the next begins as text does.
    """
    shown = ""
    for line in visible(text).split("\n"):
        last = shown.rpartition("\n")[2]
        goes_on = line and not _BEGINS.match(line) and _width(last.rpartition("\u2029")[2]) >= WRAPPED
        if not shown:
            shown = line
        elif goes_on:
            shown += ("\u2029" if _IDEOGRAPH.match(line) and _IDEOGRAPH.match(last[-1:]) else "\u2029 ") + line
        else:
            shown += "\n" + line
    return shown.replace("\u2029", "").strip("\n")


def _width(line: str) -> int:
    """Columns of a line; a Chinese character takes two."""
    return len(line) + len(_IDEOGRAPH.findall(line))


def script_json(data: Any) -> str:
    """Compact JSON that may also stand inside a `<script>` element or a script file."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
