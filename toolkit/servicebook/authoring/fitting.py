"""An example fitted to the book and the day: links lead to records that are there, dates come to the present."""

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from servicebook.book import Book
from servicebook.errors import Problem
from servicebook.kinds import Kind
from servicebook.record import Link, find_links
from servicebook.rules._people_list import people
from servicebook.rules._text import texts
from servicebook.source import Pointer
from servicebook.tree import Unreadable

DOCUMENTS: Final = "documents"

# What these name may lie ahead; every other date of a record is one of something that has happened.
_AHEAD: Final = frozenset({"due", "next_due", "month", "needed_by", "planned_for", "retired_on", "to", "valid_to"})
_MONTH: Final = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")


def bring_to(local: datetime, kind: Kind, data: dict[str, Any]) -> None:
    """Move all dates and times by the same number of days, so that the last that has happened is at `local`."""
    dated = list(_dated(kind, data, ()))
    happened = [day for _, name, day in dated if name not in _AHEAD] or [day for _, _, day in dated]
    moved = local.date() - max(happened, default=local.date())
    for holder, name, day in dated:
        then = day + moved
        text = holder[name]
        if _MONTH.fullmatch(text):
            holder[name] = f"{then:%Y-%m}"
        elif "T" not in text:
            holder[name] = then.isoformat()
        else:
            at = datetime.combine(then, datetime.fromisoformat(text).time(), local.tzinfo)
            holder[name] = (at if name in _AHEAD else min(at, local)).isoformat(timespec="seconds")


def _dated(kind: Kind, value: Any, pointer: Pointer) -> Iterator[tuple[Any, Any, date]]:
    """Every date, time and month: the object or list that holds it, its name there, and its day."""
    pairs = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for name, inner in pairs:
        place = (*pointer, name)
        if not isinstance(inner, str):
            yield from _dated(kind, inner, place)
        elif kind.property(place).get("format") in ("date", "date-time"):
            yield value, name, date.fromisoformat(inner[:10])
        elif name == "month" and _MONTH.fullmatch(inner):
            yield value, name, date.fromisoformat(f"{inner}-01")


def bind_links(book: Book, kind: Kind, data: dict[str, Any], given: Collection[Pointer]) -> None:
    """Links to records that are not there lead to the first of their kind, or go where none is needed.

    Those at the pointers `given` stay. Raises `Problem` where a record is needed and there is none.
    """
    for link in reversed(find_links(kind, data)):  # from the end, for items go
        if link.target in book or link.pointer in given:
            continue
        holder = _at(data, link.pointer[:-1])
        found = next((name for wanted in sorted(link.kinds) for name in _ids(book, wanted)), None)
        if found is not None and not (isinstance(holder, list) and found in holder):
            holder[link.pointer[-1]] = found
        elif not _drop(kind, data, link.pointer):
            raise _needs(kind, link)


def bind_people(book: Book, kind: Kind, data: dict[str, Any], given: Collection[Pointer]) -> None:
    """The people of the example go, or where somebody is needed become the first of the book's list.

    Those at the pointers `given` stay; so do those that are needed where the book has no list.
    """
    known = sorted(people(book) or ())
    for pointer in reversed([place for place, _ in texts(data) if kind.property(place).get("x-personal")]):
        if pointer in given:
            continue
        holder, name = _at(data, pointer[:-1]), pointer[-1]
        if isinstance(holder, dict) and name not in kind.property(pointer[:-1]).get("required", ()):
            del holder[name]
        elif known:
            holder[name] = known[0]


def bind_documents(book: Book, data: Any) -> None:
    """The digest of each file that is named; where there is no such file, the first of the folder is named instead.

    Raises `Problem` where there is none at all.
    """
    files = [entry.path for entry in book.tree.entries(DOCUMENTS) if entry.sort == "file"]
    for inner in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        bind_documents(book, inner)
    if not isinstance(data, dict) or not {"path", "sha256"} <= data.keys():
        return
    if not files:
        raise Problem(
            f"A file is needed, and the book has none in {DOCUMENTS}/.", "Write it first, and run this again."
        )
    if data["path"] not in files:
        data["path"] = files[0]
    try:
        data["sha256"] = hashlib.sha256(book.tree.read(data["path"])).hexdigest()
    except Unreadable as error:
        raise Problem(f"{data['path']} cannot be read: {error}.", "Make it a plain file.") from None


def _ids(book: Book, kind: str) -> Iterator[str]:
    return (record.id for record in book.records(kind))


def _needs(kind: Kind, link: Link) -> Problem:
    name = min(link.kinds) if link.kinds else "service"
    field = ".".join(map(str, link.pointer))
    return Problem(
        f"A record of the kind {kind.name} names one of the kind {name} ({field}), and the book has none.",
        f"Make that first: servicebook new {name}",
    )


def _drop(kind: Kind, data: Any, pointer: Pointer) -> bool:
    """Take out what stands at a pointer, or what it is a needed part of; whether that could be."""
    if not pointer:
        return False
    holder, name = _at(data, pointer[:-1]), pointer[-1]
    schema = kind.property(pointer[:-1])
    if isinstance(holder, list):
        if len(holder) <= max(schema.get("minItems", 0), 1):
            return _drop(kind, data, pointer[:-1])
    elif name in schema.get("required", ()):
        return _drop(kind, data, pointer[:-1])
    del holder[name]
    return True


def _at(data: Any, pointer: Pointer) -> Any:
    for step in pointer:
        data = data[step]
    return data
