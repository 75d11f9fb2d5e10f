"""Kinds: one JSON Schema file each, the repository's own first, the shipped ones otherwise.

A schema is plain JSON Schema 2020-12. What the tool needs beyond it stands in `x-…` keywords, and `kind`
is the one place that reads them. A schema of a repository is as foreign as its records: `keywords` says what
it may hold, `shapes` what its keywords ask of it, and no pattern can run away (the engine is linear in time).
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, Final

from servicebook.errors import Problem
from servicebook.finding import inert_line, quote
from servicebook.keywords import PARTS, PARTS_VERSION
from servicebook.kind import ITEMS, SUFFIX, Kind, Lifecycle, LinkPath, title_of
from servicebook.overlays import SUFFIX as OVERLAY
from servicebook.overlays import overlaid
from servicebook.registry import shipped
from servicebook.shapes import DIALECT, check
from servicebook.tree import Tree, Unreadable

__all__ = [
    "DIALECT", "FOLDER", "ITEMS", "OVERLAY", "PARTS", "SUFFIX", "Kind", "Kinds", "Lifecycle", "LinkPath", "adopted",
    "base_schemas", "own_schemas", "read_kinds", "shipped_schemas", "title_of", "version_of",
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
    only add others, or adopt newer ones of the tool: a change cannot loosen what it is checked by.
    """
    ours = shipped_schemas()
    own = own_schemas(tree)
    texts = ours | own
    if base is not None:
        before = base_schemas(base)
        taken = adopted(own, before)
        texts |= {name: text for name, text in before.items() if name not in taken}
    parsed = {name: _parse(_place(name, text, ours), text) for name, text in sorted(texts.items())}
    parts = _completed(parsed.pop(PARTS), json.loads(ours[PARTS]))
    kinds = [_kind(name.removesuffix(SUFFIX), texts, ours, parsed, parts) for name in parsed if name.endswith(SUFFIX)]
    _check_overlays(parsed, {kind.name for kind in kinds})
    if texts != ours:
        check(kinds, _place(PARTS, texts[PARTS], ours), parts, json.loads(ours[PARTS]))
    framed = b"".join(
        b"%d:%s%d:%s" % (len(name), name.encode(), len(data), data) for name, data in sorted(texts.items())
    )
    return Kinds(kinds, hashlib.sha256(framed).hexdigest())


def _completed(parts: dict[str, Any], shipped_parts: Mapping[str, Any]) -> dict[str, Any]:
    """A book's own parts, and what they lack of the shipped ones: newer kinds of the tool refer to it."""
    own = parts.get("$defs", {})
    return {**parts, "$defs": {**shipped_parts["$defs"], **own}} if isinstance(own, dict) else parts


def _kind(
    name: str, texts: Mapping[str, bytes], ours: Mapping[str, bytes], parsed: Mapping[str, Any], parts: dict[str, Any]
) -> Kind:
    """A kind from its schema and, where there is one, its overlay."""
    file, overlay = name + SUFFIX, name + OVERLAY
    path, schema = _place(file, texts[file], ours), parsed[file]
    if overlay in parsed:
        place = f"{FOLDER}/{overlay}"
        return Kind(name, f"{path} with {place}", overlaid(schema, parsed[overlay], place), parts, "overlay")
    return Kind(name, path, schema, parts, "shipped" if texts[file] == ours.get(file) else "own")


def _place(name: str, text: bytes, ours: Mapping[str, bytes]) -> str:
    """Where a schema stands, for messages."""
    return ("the shipped schema " if text == ours.get(name) else f"{FOLDER}/") + name


def _check_overlays(names: Iterable[str], kinds: set[str]) -> None:
    for name in names:
        if name.endswith(OVERLAY) and (kind := name.removesuffix(OVERLAY)) not in kinds:
            from difflib import get_close_matches

            near = get_close_matches(kind, kinds, 1)
            raise Problem(
                f"{FOLDER}/{name}: there is no kind {quote(kind)}.",
                f"Did you mean {near[0]}{OVERLAY}?" if near else f"Kinds: {', '.join(sorted(kinds))}.",
            )


def shipped_schemas() -> dict[str, bytes]:
    """The schema files that come with the tool, by name.

    In the tool's own repository the folder also holds what only the book there has: overlays, and kinds that no
    profile names.
    """
    texts = {path.name: path.read_bytes() for path in sorted(shipped(FOLDER).glob("*.json"))}
    return {name: text for name, text in texts.items() if name == PARTS or b'"x-profile"' in text}


def base_schemas(tree: Tree) -> dict[str, bytes]:
    """The schema files that hold in a tree, shipped or its own, by name. Raises `Problem`."""
    return shipped_schemas() | own_schemas(tree)


def adopted(own: Mapping[str, bytes], before: Mapping[str, bytes]) -> dict[str, int]:
    """Those of a tree's schema files that are the tool's, to the byte, and of a higher version than before it.

    They are the tool's invention and not the change's, so a change may be judged by them. Each with its version.
    """
    ours = shipped_schemas()
    return {
        name: version
        for name, text in own.items()
        if text == ours.get(name) and name in before and before[name] != text
        if (version := version_of(name, text)) > version_of(name, before[name])
    }


def version_of(name: str, text: bytes) -> int:
    """The version of a schema file. Raises `Problem` where it is no JSON object."""
    schema = _parse(f"{FOLDER}/{name}", text)
    if name == PARTS:
        version = schema.get(PARTS_VERSION)
        return version if isinstance(version, int) else 1
    return Kind(name.removesuffix(SUFFIX), name, schema, json.loads(shipped_schemas()[PARTS])).version


def own_schemas(tree: Tree) -> dict[str, bytes]:
    """The schema files in a repository's own schemas/ by name. Raises `Problem`."""
    found = {}
    for entry in tree.entries(FOLDER):
        path = PurePosixPath(entry.path)
        if len(path.parts) != 2 or not (path.name.endswith((SUFFIX, OVERLAY)) or path.name == PARTS):
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
