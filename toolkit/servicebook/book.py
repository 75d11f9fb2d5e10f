"""The book: every record of one tree, with ids and links resolved."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import chain
from operator import eq
from typing import Any, Final

from servicebook.config import Config, read_config
from servicebook.errors import Problem
from servicebook.finding import quote
from servicebook.kinds import Kind, Kinds, read_kinds
from servicebook.record import FOLDER, SUFFIX, Link, Record, find_links
from servicebook.source import Refused, Unavailable, load
from servicebook.tree import Entry, Tree, Unreadable, blob_id, is_blob

_MOST_AMISS: Final = 5
"""Characters that a mistyped id may be shorter or longer."""
_LIKELY: Final = 50


@dataclass(frozen=True)
class Stranger:
    """A file under records/ that is no record, and why, as a sentence."""

    path: str
    message: str
    hint: str


@dataclass(frozen=True)
class Look:
    """From when a book is judged. `as_of` is the instant up to which rules look, in UTC, and `today` the day that
    it belongs to in the organisation's zone. After `horizon` nothing can have happened yet: that is the time of the
    commit, or the present for files on disk that differ from it."""

    as_of: datetime
    today: date
    horizon: datetime


class Book:
    """Every record of one tree. What could not be read is in `refused` and `strangers`, never silently absent.

    Ids are looked up as written, then without regard to capitals. Rules look from `look`, and find in `notes` what
    each of them kept of single records: by the rule's name, then by record id. `focus` is the path of the one file
    whose findings are wanted; None where all are.
    """

    def __init__(
        self, tree: Tree, kinds: Kinds, config: Config, records: Iterable[Record],
        refused: dict[str, Refused] | None = None, strangers: Iterable[Stranger] = (),
        look: Look | None = None, notes: Mapping[str, Mapping[str, Any]] | None = None, focus: str | None = None,
    ) -> None:  # fmt: skip
        self._look = look
        self._notes = notes or {}
        self.focus = focus
        self.tree = tree
        self.kinds = kinds
        self.config = config
        self.all = sorted(records, key=lambda record: record.path)
        self.refused = refused or {}
        self.strangers = tuple(strangers)

    @property
    def look(self) -> Look:
        """From when the book is judged. Only a book that is being judged has it."""
        assert self._look is not None, "this book was read to be looked up, not to be judged"
        return self._look

    @property
    def as_of(self) -> datetime:
        return self.look.as_of

    @property
    def today(self) -> date:
        return self.look.today

    def notes(self, rule: str) -> Mapping[str, Any]:
        """What the rule's `note` kept of each record that its schema accepts, by record id."""
        return self._notes.get(rule, {})

    def in_view(self, kind: str) -> bool:
        """Whether the book's profile has the kind in view. One that has records is, and so is the book's own."""
        if kind not in self.kinds:
            return False
        profile = self.kinds[kind].schema.get("x-profile")
        return profile is None or self.config.has_in_view(profile) or kind in self._by_kind

    @cached_property
    def by_id(self) -> dict[str, Record]:
        """Records by id; of records that share an id the first by path."""
        found: dict[str, Record] = {}
        for record in self.all:
            found.setdefault(record.id, record)
        return found

    @cached_property
    def _folded(self) -> dict[str, Record]:
        return {record.id.casefold(): record for record in reversed(self.all)}

    def __contains__(self, record_id: object) -> bool:
        return record_id in self.by_id

    def ids(self) -> list[str]:
        """Every id, sorted."""
        return sorted(self.by_id)

    def record(self, record_id: str) -> Record:
        """The record with this id. Raises `Problem` with a suggestion."""
        found = self.by_id.get(record_id) or self._folded.get(record_id.casefold())
        if found is None:
            near = self.nearest(record_id)
            raise Problem(
                f"There is no record {quote(record_id)}.",
                f"Did you mean {near}?" if near else "servicebook list KIND shows the ids.",
            )
        return found

    def nearest(self, record_id: str, kinds: frozenset[str] = frozenset()) -> str | None:
        """The id most like a mistyped one: of one of the kinds, else of any; None where none is near."""
        wanted = record_id.casefold()
        near = [pair for pair in self._folded.items() if abs(len(pair[0]) - len(wanted)) <= _MOST_AMISS]
        found = _most_like(wanted, [pair for pair in near if pair[1].kind.name in kinds])
        return found or _most_like(wanted, near)

    def records(self, kind: str) -> Iterator[Record]:
        """The records of a kind that their schema accepts, by id."""
        return iter(self._by_kind.get(kind, ()))

    @cached_property
    def _by_kind(self) -> dict[str, list[Record]]:
        found: dict[str, list[Record]] = defaultdict(list)
        for record in self.by_id.values():
            if record.valid:
                found[record.kind.name].append(record)
        return {kind: sorted(records, key=lambda record: record.id) for kind, records in found.items()}

    @cached_property
    def _links_in(self) -> dict[str, list[tuple[Record, Link]]]:
        found: dict[str, list[tuple[Record, Link]]] = defaultdict(list)
        for record in self.by_id.values():
            for link in record.links:
                found[link.target].append((record, link))
        return found

    def links_in(self, record_id: str) -> list[tuple[Record, Link]]:
        """Which records name this one, and where, by the naming record's id."""
        return sorted(self._links_in.get(record_id, ()), key=lambda pair: (pair[0].id, str(pair[1].pointer)))

    def connected(self, record: Record, *kinds: str) -> list[Record]:
        """The records that name this one or that it names, of these kinds (without any: of every kind), by id."""
        named = [self.by_id.get(link.target) for link in record.links]
        naming = [other for other, _ in self._links_in.get(record.id, ())]
        found = {other.id: other for other in (*named, *naming) if other is not None and other is not record}
        return [found[name] for name in sorted(found) if not kinds or found[name].kind.name in kinds]

    def links_out(self, record_id: str) -> list[tuple[Link, Record | None]]:
        """What this record names, in the schema's order; None where there is no such record."""
        return [(link, self.by_id.get(link.target)) for link in self.record(record_id).links]


def _most_like(wanted: str, candidates: Iterable[tuple[str, Record]]) -> str | None:
    """The id that `difflib` finds most like the wanted one, among those that share most characters at both ends.

    Comparing takes a hundred times as long as counting, and a book has many ids of one length.
    """
    from difflib import get_close_matches
    from heapq import nlargest

    backwards = wanted[::-1]

    def shared(pair: tuple[str, Record]) -> int:
        same: Iterator[bool] = chain(map(eq, pair[0], wanted), map(eq, reversed(pair[0]), backwards))
        return sum(same)

    likely = {folded: record.id for folded, record in nlargest(_LIKELY, candidates, key=shared)}
    near = get_close_matches(wanted, likely, 1, 0.7)
    return likely[near[0]] if near else None


def read_book(tree: Tree) -> Book:
    """The book of a tree, every record parsed once. Raises `Problem` for a broken configuration or schema."""
    kinds, config = read_kinds(tree), read_config(tree)
    records: list[Record] = []
    refused: dict[str, Refused] = {}
    strangers: list[Stranger] = []
    for entry in tree.entries(FOLDER):
        kind = kind_of(entry, kinds)
        if isinstance(kind, Stranger):
            strangers.append(kind)
            continue
        try:
            records.append(read_record(tree, entry, kind, read_source(tree, entry.path)))
        except Refused as refusal:
            refused[entry.path] = refusal
    return Book(tree, kinds, config, records, refused, strangers)


def read_source(tree: Tree, path: str) -> bytes:
    """The bytes of a record's file. Raises `Refused` where there is nothing to read."""
    try:
        return tree.read(path)
    except Unreadable as error:
        hint = "Make it a plain file that you may read."
        raise Unavailable(1, 1, f"The file cannot be read: {error}.", hint) from None


def read_record(tree: Tree, entry: Entry, kind: Kind, source: bytes) -> Record:
    """One record from its bytes, checked against its schema. Raises `Refused`."""
    if entry.blob and not is_blob(source, entry.blob):
        hint = "Take filters, ident and working-tree-encoding for records out of .gitattributes."
        raise Unavailable(1, 1, "The file is checked out otherwise than git stores it.", hint)
    data = load(source)
    found = data.get("id")
    record_id = found if isinstance(found, str) and found else entry.path.rpartition("/")[2].removesuffix(SUFFIX)
    return Record(
        tree, entry.path, kind, record_id, blob=entry.blob or blob_id(source), links=find_links(kind, data),
        valid=kind.validator.is_valid(data), data=data, source=source,
    )  # fmt: skip


def kind_of(entry: Entry, kinds: Kinds) -> Kind | Stranger:
    """The kind that a file's folder makes it, or why it is no record."""
    parts = entry.path.split("/")
    kind = kinds.by_folder.get(parts[1]) if len(parts) > 2 else None
    if kind is not None and entry.sort == "file" and parts[-1].endswith(SUFFIX) and f"{SUFFIX}/" not in entry.path:
        return kind
    if entry.sort != "file":
        return Stranger(
            entry.path, f"This is a {entry.sort}, not a file.", "Records are plain files: put the file itself here."
        )
    if len(parts) < 3:
        return Stranger(
            entry.path,
            "This file stands outside the folder of any kind.",
            "Move it to records/<kind>/; servicebook kinds lists the folders.",
        )
    if kind is None:
        from difflib import get_close_matches

        near = get_close_matches(parts[1], kinds.by_folder, 1)
        hint = (
            f"Did you mean records/{near[0]}/?"
            if near
            else "servicebook kinds lists the folders; a new kind is one file in schemas/."
        )
        return Stranger(entry.path, f"No kind has the folder {quote(parts[1])}.", hint)
    if f"{SUFFIX}/" in entry.path:
        return Stranger(
            entry.path,
            "This file stands in a folder that is named like a record.",
            f"Rename the folder: only records end in {SUFFIX}.",
        )
    hint = (
        f"Rename it to end in {SUFFIX}."
        if parts[-1].endswith((".yml", ".YAML", ".YML"))
        else "Remove it, or keep it outside records/."
    )
    return Stranger(entry.path, "This file is no record.", hint)
