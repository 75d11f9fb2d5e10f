"""Another id for a record: in its file, in the file's name, and wherever another record means it.

Files change one after the other: first those that name the record, then its own id, last its file's name. A run that
is stopped leaves links to a record that is not there yet, or a file that is not named like its id: `validate` tells
of both, and the same command again completes it, for it makes the same id.
"""

import hashlib
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from servicebook.authoring.drafting import check_prefix
from servicebook.book import Book
from servicebook.config import NAME
from servicebook.editing import with_text
from servicebook.errors import Problem
from servicebook.finding import inert_line, quote
from servicebook.record import LONGEST_ID, SUFFIX, Record, is_id
from servicebook.rules._text import texts
from servicebook.source import Pointer
from servicebook.writing import ID_LETTERS, new_id, rename, rewrite

_DATED: Final = re.compile(r"(?P<prefix>[A-Za-z]+)-(?P<day>[0-9]{8})(-.*)?")


@dataclass(frozen=True)
class Plan:
    """What is to be done. `links` are the places that name the record, by path; the record's own are among them."""

    record: Record
    old: str
    new: str
    links: Mapping[str, Sequence[Pointer]]
    in_scope: bool

    @property
    def new_path(self) -> str:
        folder = self.record.path.rpartition("/")[0]
        return f"{folder}/{self.new}{SUFFIX}"

    def lines(self) -> Iterator[str]:
        """What is to be done, a line for each place."""
        change = f"{inert_line(self.old)} → {self.new}"
        for path, pointers in self.links.items():
            yield from (f"{path}: {inert_line('.'.join(map(str, pointer)))}: {change}" for pointer in pointers)
        if self.in_scope:
            yield f"{NAME}: scope.services: {change}"
        if self.old != self.new:
            yield f"{self.record.path}: id: {change}"
        if self.new_path != self.record.path:
            yield f"{self.record.path} → {self.new_path}"


def plan_for_id(book: Book, old: str, new: str | None) -> Plan:
    """The plan for the record of an id. Raises `Problem` where several files have it, or none."""
    _check_readable(book)
    having = [record for record in book.all if record.id == old]
    if len(having) > 1:
        places = ", ".join(inert_line(record.path) for record in having)
        raise Problem(f"Several files have the id {quote(old)}: {places}.", "Name the file whose id shall change.")
    if having:
        return _plan(book, having[0], new, book.all)
    unfinished = [record for record in book.all if record.stem == old]
    if len(unfinished) == 1 and new in (None, unfinished[0].id):
        return Plan(unfinished[0], unfinished[0].id, unfinished[0].id, {}, in_scope=False)
    raise Problem(
        f"There is no record {quote(old)}.", f"Did you mean {near}?" if (near := book.nearest(old)) else "Check the id."
    )


def plan_for_file(book: Book, path: str, new: str | None, along: Sequence[str]) -> Plan:
    """The plan for the record in a file.

    Where another file has its id too, the links in the files `along` and its own mean this record, and all others
    the other one. Where none has, but the file is not named like its id, the name is all that changes.
    """
    _check_readable(book)
    records = {record.path: record for record in book.all}
    for each in (path, *along):
        if each not in records:
            raise Problem(f"{quote(each)} is no record.", "Name a file below records/.")
    record = records[path]
    if any(other.id == record.id for other in book.all if other is not record):
        return _plan(book, record, new, [record, *(records[each] for each in along)])
    if record.id != record.stem and new in (None, record.id):
        return Plan(record, record.id, record.id, {}, in_scope=False)
    return _plan(book, record, new, book.all)


def still_named(book: Book, plan: Plan) -> list[str]:
    """The paths of records that name the old id and will go on doing so, in links to another record or in text."""
    return [
        record.path
        for record in book.all
        if plan.old != plan.new
        and plan.old.encode() in record.source()
        and any(
            plan.old in text and pointer != ("id",) and pointer not in plan.links.get(record.path, ())
            for pointer, text in texts(record.data)
        )
    ]


def carry_out(root: Path, plan: Plan) -> None:
    """Do what the plan says. Raises `Problem` where a file is not as it was when the plan was made."""

    def exchange(path: str, pointers: Sequence[Pointer]) -> None:
        rewrite(root, path, lambda before: with_text(before, pointers, plan.old, plan.new, path))

    own = plan.record.path
    for path, pointers in plan.links.items():
        if path != own:
            exchange(path, pointers)
    if plan.in_scope:
        rewrite(root, NAME, lambda before: _in_configuration(before, plan))
    if plan.old != plan.new:
        exchange(own, [*plan.links.get(own, ()), ("id",)])
    if plan.new_path != own:
        rename(root, own, plan.new_path)


def _check_readable(book: Book) -> None:
    for path, refusal in book.refused.items():
        message = f"{inert_line(path)}, line {refusal.line}: {refusal.message}"
        raise Problem(message, "Correct it first: it may name the record whose id is to change.")


def _plan(book: Book, record: Record, new: str | None, naming: Sequence[Record]) -> Plan:
    old = record.id
    taken = {other.id.casefold(): other for other in book.all if other is not record}
    made = new or _made(record, taken)
    if not is_id(made):
        hint = f"Use at most {LONGEST_ID} letters, digits and single hyphens, beginning with a letter."
        raise Problem(f"{quote(made)} cannot be an id.", hint)
    if new is not None:
        check_prefix(record.kind, record.data, new)
    if made == old:
        raise Problem(f"{record.path} has the id {made} already.", "Give another.")
    if made.casefold() in taken:
        raise Problem(f"There is a record {made} already.", "Give another id.")
    links = {
        other.path: tuple(link.pointer for link in other.links if link.target == old)
        for other in sorted(naming, key=lambda other: other.path)
        if any(link.target == old for link in other.links)
    }
    return Plan(record, old, made, links, in_scope=old in book.config.services and naming is book.all)


def _made(record: Record, taken: Mapping[str, Record]) -> str:
    """An id that depends on the old one and the path alone, so that a second run makes the same."""
    dated = _DATED.fullmatch(record.id)
    if record.kind.named or dated is None:
        raise Problem(f"The id {quote(record.id)} has no date to make another from.", "Write the new id behind it.")
    letters = _letters(f"{record.id}\0{record.path}")
    day = dated["day"]
    try:
        return new_id(dated["prefix"], date.fromisoformat(day), taken, lambda _: next(letters))
    except ValueError:
        raise Problem(f"The id {quote(record.id)} holds no date.", "Write the new id behind it.") from None


def _letters(seed: str) -> Iterator[str]:
    number = 0
    while True:
        digest = hashlib.sha256(f"{seed}\0{number}".encode()).digest()
        yield from (ID_LETTERS[byte % len(ID_LETTERS)] for byte in digest)
        number += 1


def _in_configuration(before: bytes, plan: Plan) -> bytes:
    """The configuration with the new id among the services in scope."""
    text = before.decode("utf-8")
    wanted = tomllib.loads(text)
    wanted["scope"]["services"] = [plan.new if name == plan.old else name for name in wanted["scope"]["services"]]
    for sign in "\"'":
        text = text.replace(f"{sign}{plan.old}{sign}", f"{sign}{plan.new}{sign}")
    if tomllib.loads(text) != wanted:
        raise Problem(f"{NAME} names {plan.old} where no service is meant.", "Change scope.services there by hand.")
    return text.encode("utf-8")
