"""What an earlier run kept of records, so that unchanged files cost little: one SQLite file inside git's own folder.

It may be deleted at any time; whatever goes wrong with it is as if it were empty. Records lie in it by the first
characters of their ids (`GROUP`), so that a change of one file unpacks and replaces one small group.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from servicebook import git
from servicebook.facts._table import Packed
from servicebook.record import Link

GROUP = 12
"""Characters of an id that name its group: INC-20260302 is all incidents of one day."""

_TABLE = "CREATE TABLE IF NOT EXISTS kept (tool TEXT, name TEXT, packed TEXT NOT NULL, PRIMARY KEY (tool, name))"


class Kept(NamedTuple):
    """One record as a run found it.

    `brief` is what others ask of its data. Of its rows: `basis` is a digest of the agreements that they rest on,
    `released` the SLAs whose workload limits release it, `as_of` the instant in seconds since 1970 at which they were
    made, and `steady` the instant from which on they are the same at any, None where that cannot be said.
    """

    path: str
    blob: str
    kind: str
    id: str
    links: tuple[Link, ...]
    brief: Mapping[str, Any]
    basis: str
    released: list[str]
    as_of: float
    steady: float | None

    def holds(self, basis: str, released: list[str], as_of: float) -> bool:
        """Whether its rows are those of this instant too."""
        steady = self.steady is not None and self.steady <= min(as_of, self.as_of)
        return (self.basis, self.released) == (basis, released) and (steady or self.as_of == as_of)


class Group(NamedTuple):
    """Records of one group in the order of their ids, and by table their rows: how many each has, and all of them."""

    records: list[Kept]
    tables: dict[str, tuple[list[int], Packed]]


class Store:
    """The groups of one book that a run of the same tool, with the same schemas, kept."""

    def __init__(self, root: Path, tool: str) -> None:
        self._tool = tool
        self._connection: sqlite3.Connection | None = None
        folder = git.folder(root)
        if folder is not None:
            path = folder / "servicebook" / "facts.sqlite"
            if not self._open(path):  # it is damaged, or there is no writing here
                with suppress(OSError):
                    path.unlink()
                    self._open(path)

    def _open(self, path: Path) -> bool:
        try:
            path.parent.mkdir(exist_ok=True)
            connection = sqlite3.connect(path, timeout=5, isolation_level=None)
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute(_TABLE)
            connection.execute("SELECT tool, name, packed FROM kept LIMIT 1")
        except (OSError, sqlite3.Error):
            return False
        self._connection = connection
        return True

    def groups(self) -> dict[str, Group]:
        """Every group by name; none where the file is damaged."""
        if self._connection is None:
            return {}
        try:
            found = self._connection.execute("SELECT name, packed FROM kept WHERE tool = ?", [self._tool])
            return {name: _unpacked(json.loads(packed)) for name, packed in found}
        except (sqlite3.Error, ValueError, TypeError, KeyError, AttributeError):
            return {}

    def replace(self, groups: Mapping[str, Group], gone: Iterable[str]) -> None:
        """Keep groups in place of those of the same names, and drop those that are gone, with all of other tools."""
        if self._connection is None:
            return
        with suppress(sqlite3.Error):
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.execute("DELETE FROM kept WHERE tool <> ?", [self._tool])
            self._connection.executemany("DELETE FROM kept WHERE name = ?", [[name] for name in gone])
            rows = ((self._tool, name, _packed(group)) for name, group in groups.items())
            self._connection.executemany("INSERT OR REPLACE INTO kept VALUES (?, ?, ?)", rows)
            self._connection.execute("COMMIT")


def _packed(group: Group) -> str:
    """A group as JSON: {"records": [[path, blob, …], …], "tables": {name: [counts, number of rows, columns]}}."""
    records = [
        record._replace(links=tuple((link.pointer, link.target, sorted(link.kinds)) for link in record.links))  # type: ignore[misc]
        for record in group.records
    ]
    tables = {name: [counts, pack.rows, pack.columns] for name, (counts, pack) in group.tables.items()}
    return json.dumps({"records": records, "tables": tables}, separators=(",", ":"))


def _unpacked(content: Mapping[str, Any]) -> Group:
    records = []
    for path, blob, kind, record_id, links, *rest in content["records"]:
        found = tuple(Link(tuple(pointer), target, frozenset(kinds)) for pointer, target, kinds in links)
        records.append(Kept._make((path, blob, kind, record_id, found, *rest)))
    tables = {name: (counts, Packed(number, columns)) for name, (counts, number, columns) in content["tables"].items()}
    if any(sum(counts) != pack.rows or len(counts) != len(records) for counts, pack in tables.values()):
        raise ValueError("not a group of records")
    return Group(records, tables)
