"""facts.json, which describes a folder of fact tables: read here, and nowhere else.

A folder comes from somewhere else, as a record does: nothing of it is believed before it is checked.
`commands/_fact_files.py` writes it and has its shape.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from servicebook import registry
from servicebook.clock import zone_names
from servicebook.errors import Problem
from servicebook.facts import parse_as_of
from servicebook.finding import quote

MANIFEST = "facts.json"
FORMAT = "servicebook.facts/1"
AGAIN = "Make the facts again: servicebook facts --format parquet --output DIR."
LARGEST = 1_000_000
"""Bytes of a manifest: ten times one of all tables."""

_INSTANT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Described(NamedTuple):
    """What the manifest says of the file of a table."""

    rows: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """The book whose facts they are, what they were made with, and the Parquet file of each table by its name."""

    book: str
    as_of: datetime
    zone: str
    unusable: int
    tables: Mapping[str, Described]


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder of Parquet files. Raises Problem for any other."""
    path = folder / MANIFEST
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise ValueError
        content = json.loads(data)
        if not isinstance(content, dict):
            raise ValueError
        return _checked(path, content)
    except OSError as error:
        raise Problem(f"{path} cannot be read: {error.strerror}.", AGAIN) from None
    except (ValueError, RecursionError):
        raise Problem(f"{path} is not what servicebook facts writes.", AGAIN) from None


def _checked(path: Path, content: Mapping[str, Any]) -> Manifest:
    if content.get("format") != FORMAT:
        raise Problem(f"{path} has the format {quote(content.get('format'))}, not {FORMAT}.", AGAIN)
    _check(path, content, "", _FIELDS)
    known = registry.module_names("facts")
    for name, table in content["tables"].items():
        if name not in known:
            raise Problem(f"{path} has a table {quote(name)}, which this version of servicebook does not know.", AGAIN)
        _check(path, table if isinstance(table, dict) else {}, f"{name}: ", _FIELDS_OF_A_TABLE)
        if table["file"] != f"{name}.parquet":
            raise Problem(f"{path}: the file of {name} is {quote(table['file'])}, not {name}.parquet.", AGAIN)
    return Manifest(
        content["book"],
        parse_as_of(content["as_of"], UTC),
        content["zone"],
        content["unusable_files"],
        {name: Described(table["rows"], table["sha256"]) for name, table in content["tables"].items()},
    )


def _check(path: Path, content: Mapping[str, Any], where: str, fields: Mapping[str, Callable[[Any], bool]]) -> None:
    for name, fits in fields.items():
        if not fits(content.get(name)):
            raise Problem(f"{path}: {where}{name} cannot be {quote(content.get(name))}.", AGAIN)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and value != ""


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_instant(value: Any) -> bool:
    if not isinstance(value, str) or not _INSTANT.fullmatch(value):
        return False
    try:
        parse_as_of(value, UTC)
    except Problem:
        return False
    return True


_FIELDS: Mapping[str, Callable[[Any], bool]] = {
    "book": _is_text,
    "as_of": _is_instant,
    "zone": lambda value: isinstance(value, str) and value in zone_names(),
    "unusable_files": _is_count,
    "tables": lambda value: isinstance(value, dict) and value != {},
}
_FIELDS_OF_A_TABLE: Mapping[str, Callable[[Any], bool]] = {
    "file": _is_text,
    "rows": _is_count,
    "sha256": lambda value: isinstance(value, str) and _SHA256.fullmatch(value) is not None,
}
