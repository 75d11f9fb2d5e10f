"""Rules: one file is one rule is one page of documentation.

The file's name is the rule's name, the defect in plain words. The docstring says what it is, why it
matters, and shows `## Wrong` and `## Right`, which run as the rule's first test. A module has
`check_record(record)` or `check_book(book)`, which yields findings. It may say

- `applies(kind)`: whether the rule has anything to say on records of a kind (without it: all kinds);
- `REGARDLESS = True`: it also looks at records that their schema refuses, and is careful with them;
- `SUPPRESSIBLE = False`: no comment in a record silences it, and no setting switches it off;
- `SEVERITY = "warning"`, or by profile `{"starter": "warning", "standard": "error"}`, where a profile that is left
  out takes the next smaller one's (without it: "error");
- `CLAUSES = ("8.6.1",)`: the clauses of ISO/IEC 20000-1 that it serves;
- `note(record)`, beside `check_book`: what the rule needs to know of a record, as JSON has it, or None for nothing.
  It is kept by the bytes of the file, so that a rule on the whole book does not read thousands of records again.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any, NamedTuple

from servicebook import registry
from servicebook.book import Book
from servicebook.errors import Problem
from servicebook.finding import Finding, Severity, quote
from servicebook.keywords import PROFILES
from servicebook.kinds import Kind
from servicebook.record import Record

_FENCE = re.compile(r"^```(?:yaml|markdown) (?P<path>\S+)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


class Example(NamedTuple):
    """One file of an example: its path in a book and its text."""

    path: str
    text: str


@dataclass(frozen=True)
class Rule:
    """One rule as its module defines it."""

    name: str
    module: ModuleType

    @property
    def title(self) -> str:
        """The first sentence of the docstring."""
        return (self.module.__doc__ or "").strip().split("\n\n")[0].replace("\n", " ")

    @property
    def page(self) -> str:
        """The docstring whole: Markdown."""
        return (self.module.__doc__ or "").strip() + "\n"

    def examples(self, heading: str) -> list[Example]:
        """The files under the heading "Wrong" or "Right" of the page."""
        _, _, section = self.page.partition(f"## {heading}\n")
        return [Example(match["path"], match["text"]) for match in _FENCE.finditer(section.split("\n## ")[0])]

    @property
    def suppressible(self) -> bool:
        return getattr(self.module, "SUPPRESSIBLE", True)

    @property
    def regardless(self) -> bool:
        return getattr(self.module, "REGARDLESS", False)

    @property
    def check_record(self) -> Callable[[Record], Iterator[Finding]] | None:
        return getattr(self.module, "check_record", None)

    @property
    def check_book(self) -> Callable[[Book], Iterator[Finding]] | None:
        return getattr(self.module, "check_book", None)

    @property
    def note(self) -> Callable[[Record], Any] | None:
        return getattr(self.module, "note", None)

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses of ISO/IEC 20000-1 that it serves."""
        return tuple(getattr(self.module, "CLAUSES", ()))

    def severity(self, profile: str) -> Severity:
        """How grave its findings are in a book of that profile."""
        graded: Severity | dict[str, Severity] = getattr(self.module, "SEVERITY", "error")
        if isinstance(graded, str):
            return graded
        upto = PROFILES[: PROFILES.index(profile) + 1]
        return next((graded[name] for name in reversed(upto) if name in graded), "error")

    def applies(self, kind: Kind) -> bool:
        applies = getattr(self.module, "applies", None)
        return applies is None or bool(applies(kind))


@cache
def read_rules() -> dict[str, Rule]:
    """Every rule by name."""
    return {name: Rule(name, module) for name, module in registry.modules("rules")}


def named(name: str) -> Rule:
    """The rule of that name. Raises `Problem` with a suggestion."""
    rules = read_rules()
    if name in rules:
        return rules[name]
    from difflib import get_close_matches

    near = get_close_matches(name, rules, 1)
    raise Problem(
        f"There is no rule {quote(name)}.", f"Did you mean {near[0]}?" if near else "servicebook rules lists them."
    )
