"""Facts of one or many books, as `servicebook facts --format parquet` wrote them into folders.

Each folder holds `facts.json` (`manifest.py`) and a Parquet file for each table, which must be what it says. What is
measured together must be looked at from one instant, and no book may be in it twice.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import zip_longest
from pathlib import Path

from servicebook.clock import zone
from servicebook.errors import Problem
from servicebook.facts import columns
from servicebook.finding import quote
from servicebook.metrics.loading import columns_of, rows_by_book
from servicebook.metrics.manifest import AGAIN, MANIFEST, Manifest, read_manifest


@dataclass(frozen=True)
class Gathered:
    """Facts on disk: `tables` has the files of each table, one a book; `books` their names in the order given."""

    books: tuple[str, ...]
    as_of: datetime
    zone_name: str
    tables: Mapping[str, tuple[Path, ...]]
    unusable: int

    @property
    def zone(self) -> tzinfo:
        """The zone in which periods are cut."""
        return zone(self.zone_name)


def gather(folders: Sequence[Path], zone_name: str | None = None) -> Gathered:
    """The facts in these folders. `zone_name` is where periods are cut if the books differ. Raises Problem."""
    found = [(folder, read_manifest(folder)) for folder in folders]
    books = [manifest.book for _, manifest in found]
    if twice := next((book for place, book in enumerate(books) if book in books[:place]), None):
        raise Problem(f"The book {quote(twice)} is given twice.", "Name each folder once, and each book by a name.")
    instants = {manifest.as_of for _, manifest in found}
    if len(instants) > 1:
        message = f"The facts look from different instants: {', '.join(at.isoformat() for at in sorted(instants))}."
        raise Problem(message, "Make them again with one --as-of.")
    zones = {manifest.zone for _, manifest in found}
    if zone_name is None and len(zones) > 1:
        message = f"The books are in different time zones: {', '.join(sorted(zones))}."
        raise Problem(message, "Say in which one periods are cut: --zone.")
    names = sorted({name for _, manifest in found for name in manifest.tables})
    return Gathered(
        books=tuple(books),
        as_of=instants.pop(),
        zone_name=zone_name or zones.pop(),
        tables={name: tuple(_file(folder, manifest, name) for folder, manifest in found) for name in names},
        unusable=sum(manifest.unusable for _, manifest in found),
    )


def _file(folder: Path, manifest: Manifest, name: str) -> Path:
    """The file of a table. Raises Problem where it does not hold what a query may rely on."""
    if name not in manifest.tables:
        raise Problem(f"{folder} has no table {quote(name)}, and another book has.", AGAIN)
    path = folder / f"{name}.parquet"
    said = manifest.tables[name]
    if _digest(path) != said.sha256:
        raise Problem(f"{path} is not the file that {MANIFEST} describes: it has another SHA-256.", AGAIN)
    wanted, present = [f"{column.name} {column.type}" for column in columns(name)], columns_of(path)
    if wanted != present:
        here, there = next(pair for pair in zip_longest(wanted, present, fillvalue="none") if pair[0] != pair[1])
        message = f"{path}: where this version of servicebook has the column {here}, it has {quote(there)}."
        raise Problem(message, AGAIN)
    if rows_by_book(path) != ({manifest.book: said.rows} if said.rows else {}):
        raise Problem(f"{path} does not hold {said.rows} rows of {quote(manifest.book)} alone.", AGAIN)
    return path


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise Problem(f"{path} is missing.", AGAIN) from None
    except OSError as error:
        raise Problem(f"{path} cannot be read: {error.strerror}.", AGAIN) from None
