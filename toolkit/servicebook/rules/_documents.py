"""The files of documents/ that records name, each with the SHA-256 that says which file was meant."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, Final, NamedTuple

from servicebook.book import Book
from servicebook.part import Part
from servicebook.record import Record
from servicebook.source import Pointer
from servicebook.tree import Unreadable

FOLDER: Final = "documents"


class Attached(NamedTuple):
    """What a record says of a file, at `pointer`; `first` and `last` are the days of the version that says it."""

    pointer: Pointer
    path: str
    sha256: str
    first: str | None = None
    last: str | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the file is to be there on a day: one of a superseded version need not be."""
        text = day.isoformat()
        return (self.first is None or self.first <= text) and (self.last is None or text <= self.last)


def attached(record: Record) -> list[Attached]:
    """Every file that a record names with a SHA-256, in the record's order: a note keeps it as lists."""
    if b"sha256" not in record.source():  # thousands of records name none
        return []
    return list(_within(record, record.data, ()))


def kept(note: list[list[Any]]) -> Iterator[Attached]:
    """What a note holds of `attached`, whether JSON has made lists of it or not."""
    for pointer, path, sha256, first, last in note:
        yield Attached(tuple(pointer), path, sha256, first, last)


def is_content(record: Record, pointer: Pointer) -> bool:
    """Whether the file at a pointer is the text of a document itself, rather than something that a record adds."""
    return record.kind.name == "document" and pointer[:1] == (record.kind.versions,) and pointer[2:] == ("content",)


def departures(book: Book, files: Iterable[Attached]) -> Iterator[tuple[Attached, str]]:
    """Of files that are there and hold today, those that are not what was meant; and why, as the end of a sentence."""
    there = {entry.path for entry in book.tree.entries(FOLDER) if entry.sort == "file"}
    for file in files:
        if file.path in there and file.holds_on(book.today):
            try:
                same = _has(book.tree.read(file.path), file.sha256)
            except Unreadable as error:
                yield file, f"cannot be read: {error}"
            else:
                if not same:
                    yield file, "has another SHA-256"


def _has(data: bytes, sha256: str) -> bool:
    """Whether bytes have a SHA-256, as they stand or with the line ends that git stores."""
    forms = (data, data.replace(b"\r\n", b"\n")) if b"\r\n" in data else (data,)
    return any(hashlib.sha256(form).hexdigest() == sha256 for form in forms)


def _within(record: Record, value: Any, at: Pointer) -> Iterator[Attached]:
    if isinstance(value, dict):
        part = Part(record, value, at)
        path, sha256 = part.text("path"), part.text("sha256")
        if path is not None and sha256 is not None and path.startswith(f"{FOLDER}/"):
            yield Attached(at, path, sha256, *_days(record, at))
        for name, inner in value.items():
            yield from _within(record, inner, (*at, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _within(record, inner, (*at, number))


def _days(record: Record, at: Pointer) -> tuple[str | None, str | None]:
    """The first and the last day of the version in which a value stands; None where there is no such bound."""
    listed = record.kind.versions
    if listed is None or len(at) < 2 or at[0] != listed:
        return None, None
    version = Part(record, record.data[listed][at[1]])
    first, last = version.day("valid_from"), version.day("valid_to")
    return first.isoformat() if first else None, last.isoformat() if last else None
