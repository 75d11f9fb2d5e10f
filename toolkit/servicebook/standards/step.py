"""The one thing to do about a gap: a command that writes what is missing, or fields to fill in."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from shlex import quote
from typing import Final

from servicebook.book import Book
from servicebook.kinds import ITEMS, Kind
from servicebook.record import Record
from servicebook.standards.fitting import chosen, id_day, lacking
from servicebook.standards.standard import Evidence, Path

COMMAND: Final = "servicebook new"


@dataclass(frozen=True)
class Step:
    """A command to run; or, where it is empty, fields of a record that a pull request would fill in. With `as_made`
    they are filled in, with what stood there when the record was made."""

    command: str = ""
    record: Record | None = None
    fields: tuple[str, ...] = ()
    as_made: bool = False

    def __str__(self) -> str:
        """In English: the command, or a sentence."""
        if self.record is None:
            return self.command
        if self.as_made:
            return f"Write {', '.join(self.fields)} in {self.record.path}, still as it was made."
        return f"Fill in {', '.join(self.fields)} in {self.record.path}."


def next_step(book: Book, evidence: Evidence, candidates: Sequence[Record], each: Record | None) -> Step:
    """What would close the gap. `candidates` are the records that could count; `each` is the one that asks, if any.

    What lacks fields is filled in, the newest first; what has all of them and is out of date gets a new date, or a
    new version; where that is no field of its own but what the record is about (the day of a review), or where
    there is no record, a new one is written.
    """
    asked = evidence.records
    near = sorted(
        (record for record in candidates if chosen(record, asked)),
        key=lambda r: (id_day(r) is None, str(id_day(r)), r.id),
    )
    if near and (missing := lacking(near[-1], asked)):
        return Step(record=near[-1], fields=tuple(map(_written, missing)))
    if near and (fields := tuple(_renewing(near[-1].kind, evidence))):
        return Step(record=near[-1], fields=fields)
    kind = book.kinds[asked.kind]
    settings = [*_where(kind, evidence), *_link(kind, each)]
    return Step(" ".join([COMMAND, kind.name, *(f"--set {quote(setting)}" for setting in settings)]))


def _renewing(kind: Kind, evidence: Evidence) -> Iterator[str]:
    """The fields that bring a record up to date: a list that goes on, and of a lasting record its day or its versions.

    A day within an object, such as the last one of an audit, is when something was held: that is held anew.
    """
    span = evidence.records.in_force
    for date in evidence.sources[0].dates[:1]:
        if kind.property(date[:1]).get("type") == "array" or (kind.named and len(date) == 1):
            yield _written(date)
    if kind.named and span is not None and span.at == (kind.versions,):
        yield _written(span.at)


def _where(kind: Kind, evidence: Evidence) -> Iterator[str]:
    """Settings that give a new record the values asked for, as far as they are fields of its own."""
    for path, options in evidence.records.where.items():
        if len(path) == 1:
            place = f"{path[0]}.0" if kind.property(path).get("type") == "array" else path[0]
            option = options[0]
            yield f"{place}={option if isinstance(option, str) else str(option).lower()}"


def _link(kind: Kind, each: Record | None) -> Iterator[str]:
    """The setting that links a new record to the one that asks."""
    if each is None:
        return
    for link in kind.links:
        if each.kind.name in link.kinds and (len(link.path) == 1 or (len(link.path) == 2 and link.path[1] == ITEMS)):
            yield f"{'.'.join('0' if step == ITEMS else str(step) for step in link.path)}={each.id}"
            return


def _written(path: Path) -> str:
    return ".".join(path)
