"""Fact tables as files: Parquet, CSV or JSON lines, one a table, and facts.json, which describes them.

facts.json has the shape `servicebook.facts/1`:

    {"format": "servicebook.facts/1",
     "book": "…",                                                   name of the organisation
     "commit": "…" or null,                                         null: the working tree
     "as_of": "2026-11-20T10:35:00Z", "zone": "Europe/Amsterdam",
     "tool": {"servicebook": "…", "tzdata": "…", "duckdb": "…"},    versions that the bytes rest on
     "unusable_files": 0,                                           records that no table holds
     "tables": {
       "incident": {"file": "incident.parquet", "description": "…", "rows": 12, "sha256": "…",
                    "columns": [{"name": "id", "type": "VARCHAR", "description": "…"}]}}}

In CSV a missing value is an empty cell and text that a spreadsheet would run as a formula has an apostrophe in
front; in JSON lines it is null. Instants are UTC, 2026-03-04T09:15:00Z; in Parquet they are TIMESTAMP without a zone.
"""

import csv
import hashlib
import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

from servicebook import __version__
from servicebook.book import Book
from servicebook.clock import TZDATA_VERSION
from servicebook.commands._shared import csv_cell
from servicebook.errors import Problem
from servicebook.facts import Facts, Table
from servicebook.metrics import DUCKDB_VERSION
from servicebook.metrics.loading import write_parquet
from servicebook.metrics.manifest import FORMAT, MANIFEST


def as_csv(table: Table) -> str:
    """A table as CSV, its columns in the first line."""
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(column.name for column in table.columns)
    writer.writerows(map(_cell, row) for row in table.rows)
    return out.getvalue()


def as_jsonl(table: Table) -> str:
    """A table as one JSON object a line."""
    names = [column.name for column in table.columns]
    lines = (dict(zip(names, map(_value, row), strict=True)) for row in table.rows)
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


TEXTS: dict[str, Callable[[Table], str]] = {"csv": as_csv, "jsonl": as_jsonl}
"""The forms that are text."""


def write(folder: Path, tables: Iterable[Table], form: str, book: Book, facts: Facts) -> None:
    """Write the tables and their description into a folder, made where it is missing. Raises Problem."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        written = {table.name: _written(folder, table, form) for table in tables}
        content = json.dumps(_described(book, facts, written), ensure_ascii=False, indent=2)
        (folder / MANIFEST).write_text(content + "\n", encoding="utf-8")
    except OSError as error:
        raise Problem(f"{folder} cannot be written: {error.strerror}.", "Name another folder.") from None


def _written(folder: Path, table: Table, form: str) -> dict[str, Any]:
    """Writes one table, and says what facts.json holds of it."""
    file = folder / f"{table.name}.{form}"
    if form in TEXTS:
        file.write_text(TEXTS[form](table), encoding="utf-8", newline="")
    else:
        write_parquet(table, file)
    return {
        "file": file.name,
        "description": table.description,
        "rows": len(table.rows),
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "columns": [column._asdict() for column in table.columns],
    }


def _described(book: Book, facts: Facts, tables: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "book": book.config.organisation,
        "commit": book.tree.commit,
        "as_of": _value(facts.as_of),
        "zone": book.config.zone,
        "tool": {"servicebook": __version__, "tzdata": TZDATA_VERSION, "duckdb": DUCKDB_VERSION},
        "unusable_files": facts.unusable,
        "tables": tables,
    }


def _cell(value: Any) -> str:
    """A value in CSV. What is no text cannot be a formula."""
    if isinstance(value, str):
        return csv_cell(value)
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    return str(_value(value))


def _value(value: Any) -> Any:
    """A value in JSON."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if isinstance(value, datetime) else value
