"""A document: each version with who approved it, and its text where it still is what was approved."""

import hashlib
from typing import Any, Final

from servicebook.pages.inert import visible
from servicebook.pages.views import Scene
from servicebook.pages.views._versions import versions
from servicebook.part import Part
from servicebook.record import Record
from servicebook.tree import Unreadable

SHOWN = frozenset({"versions"})
LARGEST: Final = 100_000
"""Bytes of a text that a page still shows."""
TEXTS: Final = (".md", ".txt")


def view(record: Record, scene: Scene) -> dict[str, Any]:
    """`versions`: head, `path`, `sha256`, `state` of the content (approved, changed, missing), and its `text`."""
    contents = {part.number("version"): part.part("content") for part in record.part.parts("versions")}
    return {
        "versions": [
            head | {"content": _content(contents[head["number"]], scene)}
            for _, head in versions(record, scene, frozenset({"content"}))
        ]
    }


def _content(content: Part, scene: Scene) -> dict[str, str]:
    path, digest = content.text("path") or "", content.text("sha256") or ""
    shown = {"path": path, "sha256": digest, "title": content.text("title") or path, "text": ""}
    try:
        data = scene.edition.book.tree.read(path)
    except Unreadable:
        return shown | {"state": "missing"}
    if hashlib.sha256(data).hexdigest() != digest:
        return shown | {"state": "changed"}
    if path.endswith(TEXTS) and len(data) <= LARGEST:
        shown["text"] = visible(data.decode("utf-8", "replace"))
    return shown | {"state": "approved"}
