"""Exported files → rows: CSV or JSON, plain or gzip, one row in memory at a time.

CSV with comma, semicolon or tab; JSON as an array, as {"result": [...]} or {"records": [...]}, or one object
a line. What it is shows in its bytes, not in its name. A file that cannot be read as a whole is a Problem
with the line; a single row that does not fit its header is a row with a `problem`.
"""

import csv
import gzip
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple, cast

from servicebook.errors import Problem
from servicebook.finding import inert_line, quote

LONGEST_LINE: Final = 4 * 1024 * 1024  # bytes of a line, and of a record of JSON
LONGEST_FIELD: Final = 1024 * 1024  # characters
_QUOTING: Final = (
    "Text with a delimiter, a quotation mark or a line break in it stands in quotation marks; a mark inside is doubled."
)
_UTF8_MARK: Final = b"\xef\xbb\xbf"
_NOT_TABLES: Final = {
    b"PK\x03\x04": "a ZIP archive or a spreadsheet",
    b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text",
    b"%PDF": "a PDF document",
    b"<": "XML or HTML",
}


class Row(NamedTuple):
    """One row. `line` is where it begins, from 1; `fields` are its values as they stand in the file.

    `values` are the same by column, as far as they fit; `problem` says why the row cannot be used.
    """

    line: int
    values: dict[str, str]
    fields: list[str]
    problem: str = ""


def _any_header(_: tuple[str, ...]) -> None:
    """Take every header."""


def read_rows(path: Path, header: Callable[[tuple[str, ...]], object] = _any_header) -> Iterator[Row]:
    """Every row of an exported file. Raises Problem where the file is none, naming the line.

    `header` is called with the columns of a CSV file before its first row, and may refuse them.
    """
    name = quote(path.name)
    with exported(path) as (stream, is_json):
        if is_json:
            from servicebook.importers._json import read_json

            yield from read_json(stream, name)
        else:
            yield from _read_csv(stream, name, header)


@contextmanager
def exported(path: Path) -> Iterator[tuple["Rewound", bool]]:
    """The text of an exported file, and whether it looks like JSON. Raises Problem where it cannot be read as text."""
    name = quote(path.name)
    try:
        with _opened(path) as stream:
            start = stream.read(64)
            bare = start.removeprefix(_UTF8_MARK).lstrip()
            for mark, sort in _NOT_TABLES.items():
                if start.startswith(mark):
                    raise Problem(f"{name} is {sort}.", "Export the list as CSV or JSON, in UTF-8.")
            if not bare:
                raise Problem(f"{name} is empty.", "Export the list again.")
            yield Rewound(start, stream), bare[:1] in (b"{", b"[")
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise Problem(f"{name} is a damaged gzip file.", "Fetch or export it again.") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Problem(f"{name} cannot be read: {reason}.", "See that the file is there and yours to read.") from None


@contextmanager
def _opened(path: Path) -> Iterator[BinaryIO]:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        if packed:
            with gzip.GzipFile(fileobj=file) as unpacked:
                yield cast("BinaryIO", unpacked)
        else:
            yield file


class Rewound:
    """A stream whose first bytes were taken to see what it is (a gzip stream goes back slowly)."""

    def __init__(self, start: bytes, rest: BinaryIO) -> None:
        self._start = start.removeprefix(_UTF8_MARK)
        self._rest = rest

    def read(self, size: int) -> bytes:
        """At most `size` bytes."""
        start, self._start = self._start[:size], self._start[size:]
        return start or self._rest.read(size)

    def readline(self, size: int) -> bytes:
        """The rest of a line, at most `size` bytes."""
        head, end, tail = self._start.partition(b"\n")
        self._start = tail
        return head + end if end else head + self._rest.readline(size)


def _read_csv(stream: Rewound, name: str, header: Callable[[tuple[str, ...]], object]) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_FIELD)
    lines = _lines(stream, name)
    header_line = next(lines)
    delimiter = max(",;\t", key=header_line.count)
    reader = csv.reader(_chained(header_line, lines), delimiter=delimiter, strict=True)
    line = 1
    try:
        columns = [column.strip() for column in next(reader)]
        _check_header(columns, name)
        header(tuple(columns))
        line = reader.line_num + 1
        for fields in reader:
            if not fields:
                pass  # an empty line
            elif len(fields) == len(columns):
                yield Row(line, dict(zip(columns, fields, strict=True)), fields)
            else:
                fitting = dict(zip(columns, fields, strict=False))
                yield Row(line, fitting, fields, f"it has {len(fields)} fields, the header has {len(columns)}")
            line = reader.line_num + 1
    except csv.Error as error:
        told = str(error)
        if "limit" in told:
            message = f"{name}, line {line}: a field is longer than {LONGEST_FIELD} characters."
            raise Problem(message, "Look for a quotation mark that is opened and not closed.") from None
        if "unexpected end" in told:
            raise Problem(f"{name}, line {line}: a quotation mark is opened and never closed.", _QUOTING) from None
        raise Problem(f"{name}, line {reader.line_num}: this is not CSV: {inert_line(told)}.", _QUOTING) from None


def _check_header(columns: list[str], name: str) -> None:
    if twice := sorted(column for column, count in Counter(columns).items() if count > 1):
        hint = "Export each column once; which of the two is meant cannot be told."
        raise Problem(f"{name} has two columns named {quote(twice[0])}.", hint)


def _chained(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _lines(stream: Rewound, name: str) -> Iterator[str]:
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise Problem(f"{name}, line {number} is longer than {LONGEST_LINE // 1024} KiB.", "Export one row a line.")
        if b"\0" in line:
            raise Problem(f"{name}, line {number} contains a NUL byte.", "Export the list as CSV or JSON, in UTF-8.")
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError as error:
            byte = line[error.start]
            raise Problem(f"{name}, line {number}: byte {byte:#04x} is not UTF-8 text.", "Save it as UTF-8.") from None
