"""A standard as data: clauses, and the evidence that each asks for.

In the file, `[[clause]]` has number, title and asks (what it asks, in our words), and then one of

- `[[clause.evidence]]`, any number of times;
- `clauses`, numbers of the standard that `rests_on` at the top of the file names: met where those are met;
- neither, where clauses below it (its number, a dot, theirs) say it all.

An entry of evidence reads like a sentence:

    kind = "review"                             records of this kind count
    where = { type = "management-review" }      if this field is so (a list: one of these)
    fields = ["inputs", "approved.on"]          and these are filled in; lists are looked into
    in_force = { at = "versions", from = "valid_from", to = "valid_to" }    and today lies between
    date = "held_on"                            their day; without it that of the id
    every = "year"                              the newest is no older than this
    minimum = 1                                 so many of them
    each = { kind = "service" }                 for each record of that kind, linked with it (or itself)
    when = { kind = "incident", fields = ["major"] }    only if there is such a record
    profile = "standard"                        from this profile on; and never of kinds that are not in view
    says.en = "…"                               all this in words

`each` and `when` may have where, fields and in_force too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

HOME: Final = "iso20000-1-2018"
"""The standard whose clauses x-clauses, CLAUSES of rules, metrics and servicebook.toml name."""

Path = tuple[str, ...]
"""The way to a value of a record by names of fields; a list on the way stands for each of its items."""


@dataclass(frozen=True)
class Span:
    """Where records say from when to when they hold, both days included: fields of the object, or the objects of the
    list, at `at`. An empty `begins` or `ends` is no field, and so no limit."""

    at: Path
    begins: str
    ends: str


@dataclass(frozen=True)
class Selection:
    """Records of a kind: `where` has the values of which a field must have one, `fields` must be filled in."""

    kind: str
    where: Mapping[Path, tuple[str | bool, ...]] = field(default_factory=dict)
    fields: tuple[Path, ...] = ()
    in_force: Span | None = None


@dataclass(frozen=True)
class Evidence:
    """One thing that a clause asks for, from a profile on. `every` is an interval of parts.json."""

    records: Selection
    profile: str
    minimum: int
    date: Path | None
    every: str | None
    each: Selection | None
    when: Selection | None
    _says: Mapping[str, str]

    def says(self, language: str = "en") -> str:
        """What is asked for, in words."""
        return self._says.get(language) or self._says["en"]

    def kinds(self) -> tuple[str, ...]:
        """Every kind that it names, that of its records first."""
        return tuple(chosen.kind for chosen in (self.records, self.each, self.when) if chosen is not None)


@dataclass(frozen=True)
class Clause:
    """One clause, or in other frameworks one practice or control. `clauses` are those of another standard that it
    rests on, `below` those under it in this one."""

    number: str
    evidence: tuple[Evidence, ...]
    clauses: tuple[str, ...]
    below: tuple[str, ...]
    _title: Mapping[str, str]
    _asks: Mapping[str, str]

    def title(self, language: str = "en") -> str:
        """Its title."""
        return self._title.get(language) or self._title["en"]

    def asks(self, language: str = "en") -> str:
        """What it asks, in our words."""
        return self._asks.get(language) or self._asks["en"]


@dataclass(frozen=True)
class Standard:
    """One file. `clauses` are by number, in the file's order; `path` is where it stands, for messages."""

    name: str
    path: str
    version: int
    clauses: Mapping[str, Clause]
    rests_on: "Standard | None"
    _title: Mapping[str, str]
    _about: Mapping[str, str]
    _notice: Mapping[str, str]

    def title(self, language: str = "en") -> str:
        """Its title."""
        return self._title.get(language) or self._title["en"]

    def about(self, language: str = "en") -> str:
        """What it is, in a sentence."""
        return self._about.get(language) or self._about["en"]

    def notice(self, language: str = "en") -> str:
        """What to mind before relying on the file."""
        return self._notice.get(language) or self._notice["en"]


def within(number: str, clause: str) -> bool:
    """Whether a number is that of a clause or of one below it."""
    return number == clause or number.startswith(f"{clause}.")
