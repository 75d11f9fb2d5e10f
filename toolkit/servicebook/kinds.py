"""Kinds: one JSON Schema file each, the repository's own first, the shipped ones otherwise.

A schema is plain JSON Schema 2020-12. What the tool needs beyond it stands in `x-…` keywords, and `kind`
is the one place that reads them. A schema of a repository is as foreign as its records: `keywords` says what
it may hold, `shapes` what its keywords ask of it, and no pattern can run away (the engine is linear in time).
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, Final

from servicebook.errors import Problem
from servicebook.finding import inert_line, quote
from servicebook.keywords import PARTS
from servicebook.kind import ITEMS, SUFFIX, Kind, Lifecycle, LinkPath, title_of
from servicebook.registry import shipped
from servicebook.shapes import DIALECT, check
from servicebook.tree import Tree, Unreadable

__all__ = [
    "DIALECT", "FOLDER", "ITEMS", "PARTS", "SUFFIX", "Kind", "Kinds", "Lifecycle", "LinkPath", "base_schemas",
    "own_schemas", "read_kinds", "shipped_schemas", "title_of",
]  # fmt: skip

FOLDER: Final = "schemas"
LARGEST: Final = 1024 * 1024


class Kinds(Mapping[str, Kind]):
    """The kinds of a book by name, in the order of `x-order`. `digest` changes when any schema does."""

    def __init__(self, kinds: list[Kind], digest: str) -> None:
        self._kinds = {kind.name: kind for kind in sorted(kinds, key=lambda kind: (kind.order, kind.name))}
        self.by_folder = {kind.folder: kind for kind in self._kinds.values()}
        self.digest = digest

    def __getitem__(self, name: str) -> Kind:
        return self._kinds[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._kinds)

    def __len__(self) -> int:
        return len(self._kinds)

    def named(self, name: str) -> Kind:
        """The kind of that name. Raises `Problem` with a suggestion."""
        if name in self._kinds:
            return self._kinds[name]
        from difflib import get_close_matches

        near = get_close_matches(name, self._kinds, 1)
        raise Problem(
            f"There is no kind {quote(name)}.",
            f"Did you mean {near[0]}?" if near else f"Kinds: {', '.join(self._kinds)}.",
        )


def read_kinds(tree: Tree, base: Tree | None = None) -> Kinds:
    """The kinds of a book. Raises `Problem` for a schema that cannot be used.

    With `base`, every schema that held there, shipped or its own, is taken from there, and the tree can
    only add others: a change cannot loosen what it is checked by.
    """
    ours = shipped_schemas()
    own = own_schemas(tree)
    before = base_schemas(base) if base is not None else {}
    texts = ours | own | before
    places = {name: f"{FOLDER}/" if text != ours.get(name) else "the shipped schema " for name, text in texts.items()}
    parsed = {name: _parse(places[name] + name, data) for name, data in sorted(texts.items())}
    parts = parsed.pop(PARTS, {})
    kinds = [Kind(name.removesuffix(SUFFIX), places[name] + name, schema, parts) for name, schema in parsed.items()]
    if texts != ours:  # the shipped ones are right: a test sees to it, not every run
        check(kinds, places.get(PARTS, "") + PARTS, parts, json.loads(ours[PARTS]))
    framed = b"".join(
        b"%d:%s%d:%s" % (len(name), name.encode(), len(data), data) for name, data in sorted(texts.items())
    )
    return Kinds(kinds, hashlib.sha256(framed).hexdigest())


def shipped_schemas() -> dict[str, bytes]:
    """The schema files that come with the tool, by name."""
    return {path.name: path.read_bytes() for path in sorted(shipped(FOLDER).glob("*.json"))}


def base_schemas(tree: Tree) -> dict[str, bytes]:
    """The schema files that hold in a tree, shipped or its own, by name. Raises `Problem`."""
    return shipped_schemas() | own_schemas(tree)


def own_schemas(tree: Tree) -> dict[str, bytes]:
    """The schema files in a repository's own schemas/ by name. Raises `Problem`."""
    found = {}
    for entry in tree.entries(FOLDER):
        path = PurePosixPath(entry.path)
        if len(path.parts) != 2 or not (path.name.endswith(SUFFIX) or path.name == PARTS):
            continue
        try:
            if entry.sort != "file":
                raise Unreadable(f"it is a {entry.sort}")
            found[path.name] = tree.read(entry.path)
        except Unreadable as error:
            raise Problem(f"{entry.path} cannot be read: {error}.", "Make it a plain file.") from None
    return found


def _parse(path: str, data: bytes) -> dict[str, Any]:
    try:
        if len(data) > LARGEST:
            raise ValueError(f"it is larger than {LARGEST // 1024} KiB")
        schema = json.loads(data.decode("utf-8"), parse_constant=_no_constant, object_pairs_hook=_members)
    except RecursionError:
        raise Problem(f"{path} is nested too deeply.", "Correct the schema.") from None
    except ValueError as error:
        raise Problem(f"{path} is not JSON: {inert_line(str(error))}.", "Correct the file.") from None
    if not isinstance(schema, dict):
        raise Problem(f"{path} is not a JSON object.", "A schema begins with {.")
    return schema


def _no_constant(text: str) -> None:
    raise ValueError(f"{text} is not JSON")


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON; the last of two equal members would win unseen."""
    members: dict[str, Any] = {}
    for name, value in pairs:
        if name in members:
            raise ValueError(f"{quote(name)} stands twice in one object")
        members[name] = value
    return members
