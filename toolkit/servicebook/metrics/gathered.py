"""Facts of one or many books, as `servicebook facts --format parquet` wrote them into folders.

Each folder holds `facts.json` (`servicebook.facts/1`) and a Parquet file for each table. What is measured together
must be looked at from one instant, and no book may be in it twice.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

from servicebook.clock import zone
from servicebook.errors import Problem
from servicebook.finding import quote
from servicebook.record import instant

MANIFEST = "facts.json"
FORMAT = "servicebook.facts/1"
AGAIN = "Make the facts again: servicebook facts --format parquet --output DIR."


@dataclass(frozen=True)
class Gathered:
    """Facts on disk: `tables` has the files of each table, one a book; `books` their names in the order given."""

    folders: tuple[Path, ...]
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
    found = [(folder, _manifest(folder)) for folder in folders]
    books = [str(manifest["book"]) for _, manifest in found]
    if twice := next((book for place, book in enumerate(books) if book in books[:place]), None):
        raise Problem(f"The book {quote(twice)} is given twice.", "Name each folder once, and each book by a name.")
    instants = {str(manifest["as_of"]) for _, manifest in found}
    if len(instants) > 1:
        message = f"The facts look from different instants: {', '.join(sorted(instants))}."
        raise Problem(message, "Make them again with one --as-of.")
    zones = {str(manifest["zone"]) for _, manifest in found}
    if zone_name is None and len(zones) > 1:
        message = f"The books are in different time zones: {', '.join(sorted(zones))}."
        raise Problem(message, "Say in which one periods are cut: --zone.")
    names = sorted({name for _, manifest in found for name in manifest["tables"]})
    return Gathered(
        folders=tuple(folders),
        books=tuple(books),
        as_of=instant(instants.pop()),
        zone_name=zone_name or zones.pop(),
        tables={name: tuple(_file(folder, manifest, name) for folder, manifest in found) for name in names},
        unusable=sum(int(manifest["unusable_files"]) for _, manifest in found),
    )


def _manifest(folder: Path) -> Mapping[str, Any]:
    path = folder / MANIFEST
    try:
        content = json.loads(path.read_bytes())
        if content["format"] != FORMAT:
            raise Problem(f"{path} has the format {quote(content['format'])}, not {FORMAT}.", AGAIN)
        instant(content["as_of"])
        if not isinstance(content["tables"], dict) or not {"book", "zone", "unusable_files"} <= content.keys():
            raise ValueError
    except OSError as error:
        raise Problem(f"{path} cannot be read: {error.strerror}.", AGAIN) from None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Problem(f"{path} is not what servicebook facts writes.", AGAIN) from None
    return content  # type: ignore[no-any-return]


def _file(folder: Path, manifest: Mapping[str, Any], name: str) -> Path:
    """The Parquet file of a table, in the folder itself whatever the manifest says."""
    if name not in manifest["tables"]:
        raise Problem(f"{folder} has no table {quote(name)}, and another book has.", AGAIN)
    path = folder / f"{name}.parquet"
    if not path.is_file():
        raise Problem(f"{path} is missing.", AGAIN)
    return path
