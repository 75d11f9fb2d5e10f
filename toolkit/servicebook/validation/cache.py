"""What reading a file gave, kept by its blob id, so that unchanged bytes are never parsed twice.

One SQLite file inside git's own folder: there no pull request can bring one along. It may be deleted at
any time. Everything in it depends on `digest` (the tool and its rules); another digest empties it.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from servicebook import __version__, git
from servicebook.registry import PACKAGE, shipped

_AFRESH = """
BEGIN IMMEDIATE;
CREATE TABLE IF NOT EXISTS digest (value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS readings (schemas TEXT NOT NULL, packed TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS verdict (key TEXT PRIMARY KEY, report TEXT NOT NULL);
DELETE FROM digest; DELETE FROM readings; DELETE FROM verdict;
COMMIT;
"""


@cache
def tool_digest() -> str:
    """Changes with the tool's version, and with the size or time of any of its modules and shipped schemas."""
    files = (*PACKAGE.rglob("*.py"), *shipped("schemas").iterdir())
    stamps = sorted((path.name, path.stat().st_size, path.stat().st_mtime_ns) for path in files)
    return hashlib.sha256(repr((__version__, stamps)).encode()).hexdigest()


class Cache:
    """The cache of one repository. Every failure of the file is as if the cache were empty."""

    def __init__(self, root: Path, digest: str) -> None:
        self._digest = digest
        self._connection: sqlite3.Connection | None = None
        folder = git.folder(root)
        if folder is not None:
            self._open(folder / "servicebook" / "cache.sqlite")

    def _open(self, path: Path) -> None:
        try:
            path.parent.mkdir(exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=5, isolation_level=None)
            self._connection.execute("PRAGMA synchronous = OFF")
            if not self._current():
                self._connection.executescript(_AFRESH)
                self._write("INSERT INTO digest VALUES (?)", self._digest)
        except (OSError, sqlite3.Error):
            self._connection = None

    def _current(self) -> bool:
        try:
            return bool(self._row("SELECT value FROM digest") == (self._digest,))
        except sqlite3.OperationalError:  # a new file has no table
            return False

    def verdict(self, key: str) -> Any:
        """What was kept under a key by `keep_verdict`, or None."""
        row = self._row("SELECT report FROM verdict WHERE key = ?", key)
        return None if row is None else json.loads(row[0])

    def keep_verdict(self, key: str, report: Any) -> None:
        """Keep a report that JSON can hold under a key. Old ones go, all at once, when there are many."""
        self._write("DELETE FROM verdict WHERE (SELECT count(*) FROM verdict) >= 50")
        self._write("INSERT OR REPLACE INTO verdict VALUES (?, ?)", key, json.dumps(report, separators=(",", ":")))

    def readings(self, schemas: str) -> list[str]:
        """What was kept of readings by the schemas of that digest, oldest first."""
        if self._connection is None:
            return []
        try:
            sql = "SELECT packed FROM readings WHERE schemas = ? ORDER BY rowid"
            return [row[0] for row in self._connection.execute(sql, (schemas,))]
        except sqlite3.Error:
            return []

    def keep_readings(self, schemas: str, packed: Iterable[str], *, alone: bool) -> None:
        """Keep packs of readings; with `alone`, in place of all others."""
        self._write("BEGIN IMMEDIATE")
        if alone:
            self._write("DELETE FROM readings")
        for pack in packed:
            self._write("INSERT INTO readings VALUES (?, ?)", schemas, pack)
        self._write("COMMIT")

    def _row(self, sql: str, *values: str) -> Any:
        return None if self._connection is None else self._connection.execute(sql, values).fetchone()

    def _write(self, sql: str, *values: str) -> None:
        if self._connection is not None:
            with suppress(sqlite3.Error):
                self._connection.execute(sql, values)
