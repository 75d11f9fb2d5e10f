"""What reading a file gave, kept by its blob id, so that unchanged bytes are never parsed twice.

One SQLite file inside git's own folder: there no pull request can bring one along. It may be deleted at
any time. What it holds is kept under the digest of the tool that made it, and of no use to another.
"""

import hashlib
import json
import sqlite3
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from importlib.machinery import PathFinder
from pathlib import Path
from typing import Any

from servicebook import __version__, git
from servicebook.registry import PACKAGE, shipped

_TABLES = """
CREATE TABLE IF NOT EXISTS readings (tool TEXT NOT NULL, schemas TEXT NOT NULL, packed TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS verdicts (
  tool TEXT NOT NULL, key TEXT NOT NULL, report TEXT NOT NULL, PRIMARY KEY (tool, key)
);
"""
_RESTS_ON = ("tzdata", "jsonschema_rs", "yaml", "duckdb")
_MOST_VERDICTS = 50
_MOST_PACKS = 500


@cache
def tool_digest() -> str:
    """Changes with the tool, with Python, and with each library that a verdict rests on."""
    libraries = [spec.origin for name in _RESTS_ON if (spec := PathFinder.find_spec(name)) and spec.origin]
    code = (*PACKAGE.rglob("*.py"), *PACKAGE.glob("rules/*.toml"), *PACKAGE.glob("metrics/*.sql"))
    files = (*code, *shipped("schemas").iterdir(), *map(Path, libraries))
    stamps = sorted((str(path), facts.st_size, facts.st_mtime_ns) for path in files for facts in [path.stat()])
    return hashlib.sha256(repr((__version__, sys.version, stamps)).encode()).hexdigest()


class Cache:
    """The cache of one repository for one tool. Whatever goes wrong with the file is as if it were empty."""

    def __init__(self, root: Path, tool: str) -> None:
        self._tool = tool
        self._connection: sqlite3.Connection | None = None
        folder = git.folder(root)
        if folder is not None:
            path = folder / "servicebook" / "cache.sqlite"
            if not self._open(path):  # it is damaged, or there is no writing here
                with suppress(OSError):
                    path.unlink()
                    self._open(path)

    def _open(self, path: Path) -> bool:
        try:
            path.parent.mkdir(exist_ok=True)
            connection = sqlite3.connect(path, timeout=5, isolation_level=None)
            connection.execute("PRAGMA synchronous = OFF")
            connection.executescript(_TABLES)
        except (OSError, sqlite3.Error):
            return False
        self._connection = connection
        return True

    def verdict(self, key: str) -> Any:
        """What was kept under a key by `keep_verdict`, or None."""
        rows = self._rows("SELECT report FROM verdicts WHERE tool = ? AND key = ?", self._tool, key)
        with suppress(ValueError):
            return json.loads(rows[0]) if rows else None
        return None

    def keep_verdict(self, key: str, report: Any) -> None:
        """Keep a report that JSON can hold under a key. Old ones go, all at once, when there are many."""
        self._write("DELETE FROM verdicts WHERE (SELECT count(*) FROM verdicts) >= ?", _MOST_VERDICTS)
        text = json.dumps(report, separators=(",", ":"))
        self._write("INSERT OR REPLACE INTO verdicts VALUES (?, ?, ?)", self._tool, key, text)

    def readings(self, schemas: str) -> list[str]:
        """What was kept of readings by the schemas of that digest, oldest first."""
        sql = "SELECT packed FROM readings WHERE tool = ? AND schemas = ? ORDER BY rowid"
        return self._rows(sql, self._tool, schemas)

    def keep_readings(self, schemas: str, packed: Iterable[str], *, alone: bool) -> None:
        """Keep packs of readings; with `alone`, in place of all others. The oldest go when there are very many."""
        self._write("BEGIN IMMEDIATE")
        if alone:
            self._write("DELETE FROM readings")
        for pack in packed:
            self._write("INSERT INTO readings VALUES (?, ?, ?)", self._tool, schemas, pack)
        self._write("DELETE FROM readings WHERE rowid <= (SELECT max(rowid) FROM readings) - ?", _MOST_PACKS)
        self._write("COMMIT")

    def _rows(self, sql: str, *values: str) -> list[str]:
        """The first column of every row."""
        if self._connection is not None:
            with suppress(sqlite3.Error):
                return [row[0] for row in self._connection.execute(sql, values)]
        return []

    def _write(self, sql: str, *values: str | int) -> None:
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.execute(sql, values)
