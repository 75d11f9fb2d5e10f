"""A standard as data: clauses, and the evidence that each asks for.

In the file, `[[clause]]` has number, title and asks (what it asks, in our words), and then one of

- `[[clause.evidence]]`, any number of times;
- `clauses`, numbers of the standard that `rests_on` at the top of the file names: met where those are met;
- neither, where clauses below it (its number, a dot, theirs) say it all.

An entry of evidence reads like a sentence:

    kind = "review"                             records of this kind count
    where = { type = "management-review" }      if this field is so (a list: one of these)
    items = [{ at = "inputs", where = { topic = "risks", considered = true } }]    and one item of the list is so,
                                                in all of this at once; the same for each that is asked for
    fields = ["inputs", "approved.on"]          and these are filled in; lists are looked into
    in_force = { at = "versions", from = "valid_from", to = "valid_to" }    and today lies between
    date = "held_on"                            their day (of several: the latest); without it that of the id
    or = [{ kind = "review", date = "held_on" }]    or these, which may have what stands above this line
    every = "year"                              the newest is no older than this
    minimum = 1                                 so many of them
    each = { kind = "service" }                 for each record of that kind, linked with it (or itself)
    via = ["sla", "customer"]                   or, if linked with no such record, with one of these that is
    when = { kind = "incident", fields = ["major"] }    only if there is such a record
    profile = "standard"                        from this profile on; and never of kinds that are not in view
    says.en = "…"                               all this in words

`each` and `when` may have where, items, fields and in_force too.
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


Where = Mapping[Path, tuple[str | bool, ...]]
"""The values of which a field must have one."""


@dataclass(frozen=True)
class Item:
    """An item that the list at `at` must hold: all of `where` is so of this one."""

    at: Path
    where: Where


@dataclass(frozen=True)
class Selection:
    """Records of a kind: `where` holds, the lists hold `items`, `fields` are filled in."""

    kind: str
    where: Where = field(default_factory=dict)
    items: tuple[Item, ...] = ()
    fields: tuple[Path, ...] = ()
    in_force: Span | None = None


@dataclass(frozen=True)
class Source:
    """Records that count, and where they hold their day: the latest of `dates`; without any, that of the id."""

    records: Selection
    dates: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Evidence:
    """One thing that a clause asks for, from a profile on: the first of `sources`, or one of the others.

    `every` is an interval of parts.json, `via` the kinds over which what names no record of `each` belongs to one.
    """

    sources: tuple[Source, ...]
    profile: str
    minimum: int
    every: str | None
    each: Selection | None
    via: tuple[str, ...]
    when: Selection | None
    _says: Mapping[str, str]

    def says(self, language: str = "en") -> str:
        """What is asked for, in words."""
        return self._says.get(language) or self._says["en"]

    @property
    def records(self) -> Selection:
        """What is asked for in the first place."""
        return self.sources[0].records

    def kinds(self) -> tuple[str, ...]:
        """The kinds without which nothing can be asked, that of its records first."""
        return tuple(chosen.kind for chosen in (self.records, self.each, self.when) if chosen is not None)

    def kinds_named(self) -> tuple[str, ...]:
        """Every kind that it names."""
        return (*self.kinds(), *(source.records.kind for source in self.sources[1:]), *self.via)


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
    """One file. `clauses` are by number, in the file's order; `path` is where it stands, for messages.

    `replaces` says that it is a book's own file in the place of a shipped one, or rests on such a file.
    """

    name: str
    path: str
    version: int
    clauses: Mapping[str, Clause]
    rests_on: "Standard | None"
    replaces: bool
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
