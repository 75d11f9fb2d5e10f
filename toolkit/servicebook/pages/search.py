"""What the search box finds: the builder's own entries, and one small entry for each page set into a frame."""

import json
import re
from pathlib import Path
from typing import Any

from markupsafe import escape

from servicebook.pages.inert import script_json, visible

LONGEST = 300
_HAN = re.compile("([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])")


def entry(location: str, title: str, text: str) -> dict[str, str]:
    """One entry. The theme shows titles and texts as HTML, so both are escaped here."""
    return {"location": location, "title": _field(title), "text": _field(text[:LONGEST])}


def add(site: Path, entries: list[dict[str, str]]) -> None:
    """Writes the index of the site at `site` again with `entries` added, as JSON and, for file://, as a script."""
    path = site / "search" / "search_index.json"
    index: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for doc in index["docs"]:
        doc["title"], doc["text"] = _between_signs(doc["title"]), _between_signs(doc["text"])
    index["docs"] += entries
    text = script_json(index)
    path.write_text(text, encoding="utf-8", newline="\n")
    path.with_suffix(".js").write_text(f"var __index={text}", encoding="utf-8", newline="\n")


def _field(text: str) -> str:
    return _between_signs(str(escape(" ".join(visible(text).split()))))


def _between_signs(text: str) -> str:
    """A zero-width space on both sides of each Chinese character, at which the search splits words."""
    return _HAN.sub("\u200b\\1\u200b", text).replace("\u200b\u200b", "\u200b")
