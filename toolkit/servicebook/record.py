"""A record: one file, one thing that happened or was agreed."""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from servicebook.finding import Finding
from servicebook.kinds import ITEMS, Kind
from servicebook.part import Part
from servicebook.source import Pointer, load
from servicebook.tree import Tree

if TYPE_CHECKING:
    from servicebook.positions import Positions

FOLDER: Final = "records"
SUFFIX: Final = ".yaml"
LONGEST_ID: Final = 64

_ID: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(-[A-Za-z0-9]+)*")


class Link(NamedTuple):
    """The value at `pointer` of a record names the record `target`, which must be of one of `kinds` (none: any)."""

    pointer: Pointer
    target: str
    kinds: frozenset[str]


class Record:
    """One record of a tree. Its data is read when first asked for; `valid` says whether its schema accepts it.

    `id` is the value of the field id where that is text, else the file's stem.
    """

    __slots__ = ("_data", "_positions", "_source", "_tree", "blob", "id", "kind", "links", "path", "valid")

    def __init__(
        self, tree: Tree, path: str, kind: Kind, record_id: str, *,
        blob: str = "", links: tuple[Link, ...] = (), valid: bool = True, data: dict[str, Any] | None = None,
        source: bytes | None = None,
    ) -> None:  # fmt: skip
        self._tree = tree
        self._data = data
        self._source = source
        self._positions: Positions | None = None
        self.path = path
        self.kind = kind
        self.id = record_id
        self.blob = blob
        self.links = links
        self.valid = valid

    def __repr__(self) -> str:
        return f"<Record {self.id} {self.path}>"

    @property
    def data(self) -> dict[str, Any]:
        if self._data is None:
            self._data = load(self._tree.read(self.path))
        return self._data

    @property
    def part(self) -> Part:
        """The whole record, for whoever reads it across schemas."""
        return Part(self, self.data)

    @property
    def stem(self) -> str:
        return self.path.rpartition("/")[2].removesuffix(SUFFIX)

    @property
    def title(self) -> str:
        """The title, or the id where there is none."""
        return str(self.data.get("title") or self.id)

    def source(self) -> bytes:
        """The file's bytes."""
        return self._tree.read(self.path) if self._source is None else self._source

    def place(self, pointer: Pointer) -> tuple[int, int]:
        """Line and column of a value, from 1."""
        if self._positions is None:
            from servicebook.positions import locate  # only when there is something to say

            self._positions = locate(self.source())
        return self._positions.of(pointer)

    def finding(self, pointer: Pointer, message: str, hint: str = "") -> Finding:
        """What a rule has to say at a value of this record. The rule's name is filled in by whoever runs it."""
        line, column = self.place(pointer)
        return Finding(self.path, line, column, "", message, hint)


def is_id(text: str) -> bool:
    """Whether a text can be the id of a record, as parts.json#/$defs/id has it."""
    return len(text) <= LONGEST_ID and _ID.fullmatch(text) is not None


def instant(text: str) -> datetime:
    """An RFC 3339 time of a record as an aware datetime in UTC. Raises ValueError on any other text."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} has no offset")
    return moment.astimezone(UTC)


def find_links(kind: Kind, data: Mapping[str, Any]) -> tuple[Link, ...]:
    """Every link that a record of this kind holds, in the schema's order."""
    return tuple(
        Link(pointer, target, link.kinds)
        for link in kind.links
        for pointer, target in (_at_name(data, link.path) if len(link.path) == 1 else values_at(data, link.path))
        if isinstance(target, str)
    )


def _at_name(data: Mapping[str, Any], path: Pointer) -> tuple[tuple[Pointer, Any], ...]:
    value = data.get(str(path[0]))
    return () if value is None else ((path, value),)


def values_at(value: Any, path: Pointer, at: Pointer = ()) -> Iterator[tuple[Pointer, Any]]:
    """Every value that a path with "*" for any item leads to, with its own pointer."""
    if not path:
        yield at, value
        return
    step, rest = path[0], path[1:]
    if step == ITEMS:
        if isinstance(value, list):
            for number, item in enumerate(value):
                yield from values_at(item, rest, (*at, number))
    elif isinstance(value, dict) and step in value:
        yield from values_at(value[step], rest, (*at, step))
