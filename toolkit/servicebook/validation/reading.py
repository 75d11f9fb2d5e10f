"""One file, read and judged by every rule that looks at a record alone. This is what the cache keeps."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, NamedTuple

from servicebook.book import Book, Look, Stranger, kind_of, read_record, read_source
from servicebook.config import Config
from servicebook.finding import Finding
from servicebook.kinds import Kind, Kinds
from servicebook.record import Link, Record
from servicebook.rules import Rule, read_rules
from servicebook.source import Refused, Unavailable
from servicebook.tree import Entry, Tree
from servicebook.validation.report import Suppression
from servicebook.validation.suppression import MARK, find_suppressions

NOTHING: Final[Mapping[str, Any]] = {}


class Reading(NamedTuple):
    """What one file gave. `notes` are what rules on the whole book keep of it, with the rule's name.

    `refusal` (line, column, message, hint) is set where the file is no record at all.
    """

    path: str
    blob: str
    kind: str
    id: str = ""
    valid: bool = False
    links: tuple[Link, ...] = ()
    notes: Mapping[str, Any] = NOTHING
    findings: tuple[Finding, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    refusal: tuple[int, int, str, str] | None = None


class Reader:
    """Reads files of one tree by its kinds."""

    def __init__(self, tree: Tree, kinds: Kinds) -> None:
        self.tree = tree
        self.kinds = kinds
        self._links: dict[tuple[Link, ...], tuple[Link, ...]] = {}  # thousands of records have the same few
        rules = [rule for rule in read_rules().values() if rule.check_record is not None]
        self._rules = {kind.name: _checks(rules, kind) for kind in kinds.values()}
        noting = [(rule, rule.note) for rule in read_rules().values()]
        self._notes = {
            kind.name: [(rule.name, note) for rule, note in noting if note is not None and rule.applies(kind)]
            for kind in kinds.values()
        }

    def read(self, entry: Entry, kind: Kind) -> Reading:
        try:
            source = read_source(self.tree, entry.path)
            record = read_record(self.tree, entry, kind, source)
        except Refused as refusal:
            blob = "" if isinstance(refusal, Unavailable) else entry.blob  # without one, it is not kept
            place = (refusal.line, refusal.column, refusal.message, refusal.hint)
            return Reading(entry.path, blob, kind.name, refusal=place)
        findings = tuple(
            replace(finding, rule=name)
            for name, check, regardless in self._rules[kind.name]
            if record.valid or regardless
            for finding in check(record)
        )
        suppressions = tuple(find_suppressions(entry.path, source)) if MARK in source else ()
        noting = self._notes[kind.name] if record.valid else ()
        notes = {name: kept for name, note in noting if (kept := note(record)) is not None}
        return Reading(
            entry.path, record.blob, kind.name, record.id, record.valid, record.links, notes, findings, suppressions
        )


def _checks(rules: list[Rule], kind: Kind) -> list[tuple[str, Callable[[Record], Iterator[Finding]], bool]]:
    return [
        (rule.name, rule.check_record, rule.regardless)
        for rule in rules
        if rule.check_record is not None and rule.applies(kind)
    ]


def sort_out(entries: list[Entry], kinds: Kinds) -> tuple[list[tuple[Entry, Kind]], list[Stranger]]:
    """The files that are records, each with its kind, and the strangers among them."""
    records: list[tuple[Entry, Kind]] = []
    strangers: list[Stranger] = []
    for entry in entries:
        kind = kind_of(entry, kinds)
        if isinstance(kind, Stranger):
            strangers.append(kind)
        else:
            records.append((entry, kind))
    return records, strangers


def bind(
    tree: Tree, kinds: Kinds, config: Config, readings: list[Reading], strangers: list[Stranger], look: Look,
    focus: str | None = None,
) -> Book:  # fmt: skip
    """The book that the readings make; the data of a record is read again only when a rule asks for it."""
    notes: dict[str, dict[str, Any]] = {}
    records: list[Record] = []
    refused: dict[str, Refused] = {}
    for r in readings:
        if r.refusal is not None:
            refused[r.path] = Refused(*r.refusal)
        else:
            records.append(Record(tree, r.path, kinds[r.kind], r.id, blob=r.blob, links=r.links, valid=r.valid))
        for rule, note in r.notes.items():
            notes.setdefault(rule, {})[r.id] = note
    return Book(tree, kinds, config, records, refused, strangers, look, notes, focus)
