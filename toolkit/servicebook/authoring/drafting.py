"""A new record from its kind's example and what the user says of it."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from servicebook.authoring.settings import parse, put
from servicebook.book import Book
from servicebook.errors import Problem
from servicebook.finding import quote
from servicebook.kinds import Kind
from servicebook.record import FOLDER, LONGEST_ID, SUFFIX, find_links, is_id
from servicebook.writing import new_id, record_text


@dataclass(frozen=True)
class Draft:
    """A record that is not written yet: its id, its path in the book, and its bytes."""

    id: str
    path: str
    text: bytes


def draft(
    book: Book, kind: Kind, settings: Sequence[str], now: datetime, zone: tzinfo, record_id: str | None = None
) -> Draft:
    """A draft with what the kind requires, as its example has it, and what the settings (`path=value`) say.

    Dates are today's and the timeline begins at `now`; a link that the example has leads to the first
    record of its kind. Raises `Problem` for a setting that cannot be understood, and for an example that is no
    record of its kind.
    """
    if kind.example is None:
        raise Problem(f"{kind.path} has no example to start from.", "Give the schema examples: [{…}].")
    if not kind.validator.is_valid(kind.example):
        raise Problem(f"The example of {kind.path} is not what the schema accepts.", "Correct the first of examples.")
    required = kind.schema.get("required", ())
    data: dict[str, Any] = {name: _copy(kind.example[name]) for name in required if name in kind.example}
    if kind.property(("title",)).get("type") == "string":
        data["title"] = f"Untitled {kind.title().lower()}"
    local = now.astimezone(zone)
    _today(kind, data, local)
    given = [parse(text) for text in settings]
    _link(book, kind, data)
    for setting in given:
        put(kind, data, setting)
    if record_id is None and ("id",) not in [setting.steps for setting in given]:
        record_id = _make_id(book, kind, data, local)
    data["id"] = record_id or data["id"]
    if not isinstance(data["id"], str) or not is_id(data["id"]):
        hint = f"Use at most {LONGEST_ID} letters, digits and single hyphens, beginning with a letter."
        raise Problem(f"{quote(data['id'])} cannot be an id.", hint)
    year = f"{local.year}/" if kind.lifecycle is not None else ""
    path = f"{FOLDER}/{kind.folder}/{year}{data['id']}{SUFFIX}"
    return Draft(data["id"], path, record_text(path, kind, data))


def _copy(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _copy(inner) for name, inner in value.items()}
    return [_copy(inner) for inner in value] if isinstance(value, list) else value


def _today(kind: Kind, data: dict[str, Any], local: datetime) -> None:
    """Dates and times of the example become today's."""
    if kind.lifecycle is not None:
        data[kind.lifecycle.timeline] = [{"at": local.isoformat(timespec="seconds"), "event": kind.lifecycle.opens}]
    for name in data:
        if kind.property((name,)).get("format") == "date":
            data[name] = local.date().isoformat()
    if kind.versions is not None and data.get(kind.versions):
        first = data[kind.versions][0]
        first.pop("valid_to", None)
        first["valid_from"] = local.date().isoformat()
        data[kind.versions] = [first]


def _link(book: Book, kind: Kind, data: dict[str, Any]) -> None:
    for link in find_links(kind, data):
        if link.target not in book:
            candidates: Iterable[str] = (record.id for name in sorted(link.kinds) for record in book.records(name))
            if (found := next(iter(candidates), None)) is not None:
                _at(data, link.pointer[:-1])[link.pointer[-1]] = found


def _at(data: Any, pointer: Iterable[str | int]) -> Any:
    for step in pointer:
        data = data[step]
    return data


def _make_id(book: Book, kind: Kind, data: Mapping[str, Any], local: datetime) -> str:
    if not kind.named:
        return new_id(kind.prefix, local.date(), book)
    title = str(data.get("title", ""))
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:50].rstrip("-")
    if not slug:
        raise Problem(f"No id can be made from the title {quote(title)}.", f"Name it: --id {kind.prefix}-…")
    return f"{kind.prefix}-{slug}"
