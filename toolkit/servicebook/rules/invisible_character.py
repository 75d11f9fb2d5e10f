r"""A text holds a character that nobody can see.

Marks without width, and marks that turn the reading direction, can hide a sentence from a reader and show it to a
program, or make two equal-looking words differ, so that a search finds one of them. Mostly they came along
with a copy from a web page. The strongest of them, which reorder what a line shows, are refused before a record is
read at all; these are the others. What a script needs is left alone: joiners in emoji and in Persian or Hindi,
direction marks in a text that is written from right to left.

## Wrong

```yaml records/services/SVC-shop.yaml
id: SVC-shop
schema_version: 1
title: "Online\u200B shop"
owner: shop-lead
criticality: vital
live_from: 2024-01-01
```

## Right

```yaml records/services/SVC-shop.yaml
id: SVC-shop
schema_version: 1
title: Online shop
owner: shop-lead
criticality: vital
live_from: 2024-01-01
```
"""

import re
import unicodedata
from collections.abc import Iterator

from servicebook.finding import Finding
from servicebook.record import Record
from servicebook.rules._text import Line, texts

REGARDLESS = True

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u2064\u206a-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\uffa0\ufff9-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_RIGHT_TO_LEFT = re.compile("[\u0590-\u061b\u061e-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_DIRECTION_MARKS = frozenset("\u061c\u200e\u200f")
_JOINERS = frozenset("\u200c\u200d")


def check_record(record: Record) -> Iterator[Finding]:
    source = record.source()
    if not source.isascii():
        text = source.decode("utf-8-sig", "replace")
        for index in _invisible(text):
            line = Line(text.count("\n", 0, index) + 1, text)
            yield line.finding(record, index - text.rfind("\n", 0, index) - 1, *_told(text[index]))
    if b"\\" in source:
        for pointer, value in texts(record.data):
            written = (index for index in _invisible(value) if not source.count(value[index].encode()))
            for index in written:
                yield record.finding(pointer, *_told(value[index]))


def _invisible(text: str) -> Iterator[int]:
    for match in _INVISIBLE.finditer(text):
        if not _needed(text, match.start()):
            yield match.start()


def _needed(text: str, index: int) -> bool:
    """Whether the script around such a character cannot do without it."""
    character, before = text[index], text[index - 1 : index]
    if character in _DIRECTION_MARKS:
        return _RIGHT_TO_LEFT.search(text) is not None
    if not before:
        return False
    drawn = unicodedata.category(before)[0] == "S" or before == "\ufe0f"
    if character in _JOINERS:
        return drawn or "\u0600" <= before < "\u1100"
    if "\ufe00" <= character <= "\ufe0f":
        return drawn or before in "0123456789#*" or "\u1000" <= before < "\ua000"
    ideograph = "\u3400" <= before < "\ua000" or before >= "\U00020000"
    return "\U000e0100" <= character <= "\U000e01ef" and ideograph


def _told(character: str) -> tuple[str, str]:
    name = unicodedata.name(character, "a character without a name").lower()
    return (
        f"The character U+{ord(character):04X} ({name}) cannot be seen.",
        "Remove it: retype the word around it rather than copy it.",
    )
