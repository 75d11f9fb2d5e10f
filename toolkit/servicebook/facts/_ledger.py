"""The facts of one tree, with what an earlier run kept of files that have not changed since.

Kept are incidents and service requests, of which a book has by far the most: where they stand in the book, and the
rows that each gives by itself. These rest on its bytes, on the agreements, calendars and matrices, on the workload
limits that release it, on the organisation's zone and, as long as something in it goes on, on the instant. `compute` is
what all this must equal.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any

from servicebook import registry
from servicebook.book import Book, Stranger, kind_of, read_record, read_source
from servicebook.clock import zone
from servicebook.config import read_config
from servicebook.facts._case import Case
from servicebook.facts._days import Days
from servicebook.facts._grouping import columns_of, together, unpacked
from servicebook.facts._making import Facts, Maker, unusable
from servicebook.facts._store import GROUP, Group, Kept, Store
from servicebook.facts._table import Packed, Row, pack, repeated
from servicebook.facts.action import has_actions
from servicebook.kinds import Kind, read_kinds
from servicebook.record import FOLDER, Record
from servicebook.source import Refused
from servicebook.tree import Entry, Tree

KINDS = ("incident", "service-request")
AGREEMENTS = ("calendar", "priority-matrix", "sla", "supporting-agreement")
BRIEF = ("service", "request_type", "category", "impact", "urgency", "timeline")
"""What is asked of such a record that has not changed: where its clocks start, and whether a limit counts it."""
MARGIN = timedelta(days=2)
"""How long after the day of the last date in a record its end may come, whatever the zone."""

_DATE = re.compile(rb"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Ledger:
    """The book of a tree, and facts of it at any instant. Raises Problem as `read_book` does.

    `tool` is a digest of whatever makes facts besides the book: code, libraries, time-zone data. Without it nothing
    is kept or used. `brief` is the book with no more of unchanged records than BRIEF, which is quick to look through.
    """

    def __init__(self, tree: Tree, tool: str | None = None) -> None:
        self._kinds, self._config = read_kinds(tree), read_config(tree)
        self._kept_kinds = {kind.name for kind in self._kinds.values() if kind.name in KINDS and not has_actions(kind)}
        self._store = Store(tree.root, _digest(tool, self._kinds.digest, self._config.zone)) if tool else None
        self._groups = self._store.groups() if self._store is not None else {}
        self._known = {record.path: record for group in self._groups.values() for record in group.records}
        self.book, self.brief = self._read(tree)

    def facts(self, as_of: datetime, only: Collection[str] = ()) -> Facts:
        """The fact tables, all of them or `only` some: what `compute` gives of the book."""
        days = Days(zone(self._config.zone))
        maker = Maker(self.brief, days, as_of)
        names = only or registry.module_names("facts")
        if self._store is not None:
            self._fill(maker, self._store)
        return Facts(as_of, days.zone, {name: maker.table(name) for name in names}, unusable(self.book))

    def _read(self, tree: Tree) -> tuple[Book, Book]:
        """The book, and it in brief."""
        records: list[Record] = []
        briefs: list[Record] = []
        refused: dict[str, Refused] = {}
        strangers: list[Stranger] = []
        for entry in tree.entries(FOLDER):
            kind = kind_of(entry, self._kinds)
            if isinstance(kind, Stranger):
                strangers.append(kind)
                continue
            try:
                record, brief = self._record(tree, entry, kind)
            except Refused as refusal:
                refused[entry.path] = refusal
                continue
            records.append(record)
            briefs.append(brief)
        return (
            Book(tree, self._kinds, self._config, records, refused, strangers),
            Book(tree, self._kinds, self._config, briefs, refused, strangers),
        )

    def _record(self, tree: Tree, entry: Entry, kind: Kind) -> tuple[Record, Record]:
        """A record, and it in brief. What is kept is read when somebody asks for its data."""
        kept = self._known.get(entry.path)
        if kept is None or not entry.blob or (kept.blob, kept.kind) != (entry.blob, kind.name):
            record = read_record(tree, entry, kind, read_source(tree, entry.path))
            return record, record
        record = Record(tree, entry.path, kind, kept.id, blob=kept.blob, links=kept.links)
        brief = Record(tree, entry.path, kind, kept.id, blob=kept.blob, links=kept.links, data=dict(kept.brief))
        return record, brief

    def _fill(self, maker: Maker, store: Store) -> None:
        """Every table whose rows come from single records, from what was kept and what is new."""
        basis = _digest(*(f"{record.path} {record.blob}" for kind in AGREEMENTS for record in self.brief.records(kind)))
        packs: dict[str, list[Packed]] = defaultdict(list)
        fresh: dict[str, Group] = {}
        names = set()
        for name, ids in groupby(self.brief.ids(), key=lambda record_id: record_id[:GROUP]):
            records = [self.book.by_id[record_id] for record_id in ids]
            if all(record.valid and record.kind.name in self._kept_kinds for record in records):
                names.add(name)
                group = self._group(name, records, maker, basis)
                if group is not self._groups.get(name):
                    fresh[name] = group
                found = {table: made for table, (_, made) in group.tables.items()}
            else:
                rows = [_rows(self._case(record, maker), maker) for record in records if record.valid]
                found = {table: pack(columns_of(table), made) for table, made in together(rows).items()}
            for table, made in found.items():
                packs[table].append(made)
        for table in maker.of_records:
            told = [
                Packed(made.rows, [repeated(self._config.organisation, made.rows), *made.columns])
                for made in packs[table]
            ]
            maker.keep(table, told)
        gone = self._groups.keys() - names
        if fresh or gone:
            store.replace(fresh, gone)
            self._groups = {name: group for name, group in (self._groups | fresh).items() if name not in gone}

    def _group(self, name: str, records: Sequence[Record], maker: Maker, basis: str) -> Group:
        """A group as it is now: the one that was kept, where all of it holds."""
        kept = self._groups.get(name, Group([], {}))
        places = {record.path: place for place, record in enumerate(kept.records)}
        holding: list[int | None] = []
        for record in records:
            place = places.get(record.path)
            if place is not None:
                old, released = kept.records[place], _released(self.brief.by_id[record.id], maker)
                same = (old.blob, old.kind, old.id) == (record.blob, record.kind.name, record.id)
                if not same or not old.holds(basis, released, maker.whole.as_of.timestamp()):
                    place = None
            holding.append(place)
        if holding == list(range(len(kept.records))):
            return kept
        before = unpacked(kept)
        entries: list[Kept] = []
        rows: list[Mapping[str, Sequence[Row]]] = []
        for record, place in zip(records, holding, strict=True):
            if place is not None:
                entries.append(kept.records[place])
                rows.append(before[place])
            else:
                case = self._case(record, maker)
                rows.append(_rows(case, maker))
                entries.append(_entry(case, basis, _released(record, maker)))
        made_now = together(rows)
        counts = {table: [len(made.get(table, ())) for made in rows] for table in made_now}
        return Group(
            entries, {table: (counts[table], pack(columns_of(table), made)) for table, made in made_now.items()}
        )

    def _case(self, record: Record, maker: Maker) -> Case:
        return Case(record, self.brief, maker.clock, maker.whole.days, maker.whole.as_of)


def _rows(case: Case, maker: Maker) -> Mapping[str, Sequence[Row]]:
    return maker.rows(case) if case.begun else {}


def _entry(case: Case, basis: str, released: list[str]) -> Kept:
    """What is kept of a record beside its rows."""
    record, data = case.record, case.record.data
    brief: dict[str, Any] = {name: data[name] for name in BRIEF if name in data}
    as_of = case.as_of.timestamp()
    return Kept(
        record.path, record.blob, case.kind, record.id, record.links, brief, basis, released, as_of, _steady(case)
    )


def _steady(case: Case) -> float | None:
    """From when on nothing in a record depends on the instant: its clocks stopped, and no date in it is later."""
    if case.timeline.status == "paused" or any(not timer.left_out and timer.stop is None for timer in case.timers):
        return None
    try:
        last = max(_DATE.findall(case.record.source())).decode("ascii")
        return (datetime.fromisoformat(last).replace(tzinfo=UTC) + MARGIN).timestamp()
    except (ValueError, OverflowError):  # none, or what only looks like a date
        return None


def _released(record: Record, maker: Maker) -> list[str]:
    """The SLAs whose workload limits release a record."""
    slas = maker.clock.agreements.slas(record.part.text("service"))
    return [sla.id for sla in slas if record.id in maker.clock.workload.released(sla, maker.whole.as_of)]


def _digest(*parts: str | None) -> str:
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()
