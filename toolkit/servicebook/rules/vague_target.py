"""An agreement, an objective or a policy promises something that nobody can measure.

“As soon as possible”, “adequate”, 尽快, 适当: both sides read into such words what they need, and when it matters
they were of two minds all along. An auditor asks of each target how one would know that it was missed. A sentence
with a figure in it is taken as exact. Looked at are what holds today or will: the texts of SLAs and supporting
agreements, requirements of services, measures of objectives and improvements, and policies with their files in
`documents/`. The words are a list in `toolkit/servicebook/rules/_vague_words.toml`.

## Wrong

```yaml records/objectives/OBJ-fewer-late-answers.yaml
id: OBJ-fewer-late-answers
schema_version: 1
title: Fewer late answers
owner: {role: it-manager}
measure: Incidents of the online shop are answered in a timely manner.
unit: percent
target: 95
direction: at-least
due: 2026-12-31
plan: A second engineer on call from March.
```

## Right

```yaml records/objectives/OBJ-fewer-late-answers.yaml
id: OBJ-fewer-late-answers
schema_version: 1
title: Fewer late answers
owner: {role: it-manager}
measure: Share of the online shop's incidents of a month that were answered within 15 minutes.
unit: percent
target: 95
direction: at-least
due: 2026-12-31
plan: A second engineer on call from March.
```
"""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.kinds import ITEMS
from servicebook.part import Part
from servicebook.record import Record, values_at
from servicebook.rules._documents import FOLDER
from servicebook.source import Pointer
from servicebook.tree import Unreadable

CLAUSES = ("5.2", "6.2", "8.2.2", "8.3.3", "8.3.4", "10.2")
SEVERITY = "warning"

_WHERE: Final[dict[str, tuple[Pointer, ...]]] = {
    "service": (("requirements", ITEMS, "text"),),
    "sla": (
        ("versions", ITEMS, "workload_limits", ITEMS, "text"),
        ("versions", ITEMS, "exceptions", ITEMS, "text"),
    ),
    "supporting-agreement": (
        ("versions", ITEMS, "obligations", ITEMS),
        ("versions", ITEMS, "scope"),
        ("versions", ITEMS, "notice_period"),
    ),
    "objective": (("measure",),),
    "improvement": (("targets", ITEMS, "measure"),),
    "document": (
        ("change_control", "controlled"),
        ("change_control", "categories", ITEMS, "approval"),
        ("change_control", "major_impact", ITEMS),
    ),
}
_READABLE: Final = (".md", ".txt")
_SENTENCE: Final = re.compile("[^.!?;。！？；\n]+")
_FIGURE: Final = re.compile("[0-9０-９]")


def check_book(book: Book) -> Iterator[Finding]:
    for kind, paths in _WHERE.items():
        for record in book.records(kind):
            for pointer, text in (found for path in paths for found in values_at(record.data, path)):
                if isinstance(text, str) and not _is_over(book, record, pointer):
                    for _, word, instead in vague_words(text):
                        yield record.finding(pointer, *_told(word, instead))
    for path in sorted({path for record in book.records("document") for path in _policies(book, record)}):
        text = _read(book, path)
        for index, word, instead in vague_words(text):
            line = text.count("\n", 0, index) + 1
            yield Finding(path, line, index - text.rfind("\n", 0, index), "", *_told(word, instead))


def vague_words(text: str) -> Iterator[tuple[int, str, str]]:
    """The words in a text that cannot be measured: where each stands, itself, and what to write instead."""
    for sentence in _SENTENCE.finditer(text):
        if _FIGURE.search(sentence.group()) is None:
            found = [(match, instead) for at, instead in _patterns() for match in at.finditer(text, *sentence.span())]
            end = 0
            for match, instead in sorted(found, key=lambda pair: (pair[0].start(), -pair[0].end())):
                if match.start() >= end:  # “as appropriate” is one finding, not two
                    yield match.start(), match.group(), instead
                    end = match.end()


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    listed = tomllib.loads((Path(__file__).parent / "_vague_words.toml").read_text("utf-8"))["vague"]
    return [(re.compile(_pattern(entry)), entry["instead"]) for entry in listed]


def _pattern(entry: dict[str, Any]) -> str:
    words = "|".join(re.escape(word) for word in sorted(entry["words"], key=len, reverse=True))
    unless = "|".join(map(re.escape, entry.get("unless", ())))
    after = f"(?!{unless})" if unless else ""
    return rf"(?i)\b(?:{words})\b" if entry["language"] == "en" else f"(?:{words}){after}"


def _told(word: str, instead: str) -> tuple[str, str]:
    return f"Nobody can tell whether {quote(word)} was met.", f"Write what can be judged: {instead}."


def _is_over(book: Book, record: Record, pointer: Pointer) -> bool:
    """Whether a value stands in a version that held until before today: what was agreed then cannot be mended."""
    if record.kind.versions is None or pointer[0] != record.kind.versions:
        return False
    last = Part(record, record.data[pointer[0]][pointer[1]]).day("valid_to")
    return last is not None and last < book.today


def _policies(book: Book, record: Record) -> Iterator[str]:
    """The files of a policy's versions that hold today or will."""
    if not (record.part.text("type") or "").endswith("-policy"):
        return
    for version in record.part.parts("versions"):
        path, last = version.part("content").text("path") or "", version.day("valid_to")
        if path.endswith(_READABLE) and (last is None or last >= book.today):
            yield path


def _read(book: Book, path: str) -> str:
    """A file of documents/; empty where it cannot be read, which is for another rule to say."""
    if not any(entry.path == path and entry.sort == "file" for entry in book.tree.entries(FOLDER)):
        return ""
    try:
        return book.tree.read(path).decode("utf-8-sig", "replace")
    except Unreadable:
        return ""
