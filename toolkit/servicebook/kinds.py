"""Kinds: one JSON Schema file each, the repository's own first, the shipped ones otherwise.

A schema is plain JSON Schema 2020-12. What the tool needs beyond it stands in `x-…` keywords, and `kind`
is the one place that reads them. A schema of a repository is as foreign as its records: `keywords` says what
it may hold, `shapes` what its keywords ask of it, and no pattern can run away (the engine is linear in time).
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from servicebook.errors import Problem
from servicebook.finding import quote
from servicebook.keywords import PARTS
from servicebook.kind import ITEMS, SUFFIX, Kind, Lifecycle, LinkPath, title_of
from servicebook.overlays import SUFFIX as OVERLAY
from servicebook.overlays import overlaid
from servicebook.schema_files import FOLDER, adopted, base_schemas, own_schemas, parse, shipped_schemas, version_of
from servicebook.shapes import DIALECT, check
from servicebook.tree import Tree

__all__ = [
    "DIALECT", "FOLDER", "ITEMS", "OVERLAY", "PARTS", "SUFFIX", "Kind", "Kinds", "Lifecycle", "LinkPath", "adopted",
    "base_schemas", "own_schemas", "read_kinds", "shipped_schemas", "title_of", "version_of",
]  # fmt: skip


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
    parsed = {name: parse(_place(name, text, ours), text) for name, text in sorted(texts.items())}
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
