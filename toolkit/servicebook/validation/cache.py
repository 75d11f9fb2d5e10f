"""What reading a file gave, kept by its blob id, so that unchanged bytes are never parsed twice.

One SQLite file inside git's own folder: there no pull request can bring one along. It may be deleted at
any time. Everything in it depends on `digest` (the tool and its rules); another digest empties it.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from servicebook import __version__, git
from servicebook.registry import PACKAGE, shipped

_TABLES = """
CREATE TABLE IF NOT EXISTS digest (value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS reading (
  schemas TEXT, path TEXT, blob TEXT, kind TEXT, id TEXT, valid INT, links TEXT, rest TEXT,
  PRIMARY KEY (schemas, path, blob)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS verdict (key TEXT PRIMARY KEY, report TEXT NOT NULL);
"""
_KEPT_VERDICTS = 50

Row = tuple[str, str, str, str, bool, str, str]
"""path, blob, kind, id, valid, links and the rest, the last two as JSON or empty (`judging` writes and reads them)."""


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
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = OFF")
            self._connection.executescript(_TABLES)
            if self._connection.execute("SELECT value FROM digest").fetchone() != (self._digest,):
                self._connection.executescript("BEGIN; DELETE FROM digest; DELETE FROM reading; DELETE FROM verdict;")
                self._connection.execute("INSERT INTO digest VALUES (?)", (self._digest,))
                self._connection.execute("COMMIT")
        except (OSError, sqlite3.Error):
            self._connection = None

    def verdict(self, key: str) -> Any:
        """What was kept under a key by `keep_verdict`, or None."""
        row = self._row("SELECT report FROM verdict WHERE key = ?", key)
        return None if row is None else json.loads(row[0])

    def keep_verdict(self, key: str, report: Any) -> None:
        text = json.dumps(report, ensure_ascii=True, separators=(",", ":"))
        self._write("DELETE FROM verdict WHERE (SELECT count(*) FROM verdict) >= ?", [(_KEPT_VERDICTS,)])
        self._write("INSERT OR REPLACE INTO verdict VALUES (?, ?)", [(key, text)])

    def rows(self, schemas: str) -> dict[tuple[str, str], Row]:
        """What readings by the schemas of that digest gave, by path and blob id."""
        if self._connection is None:
            return {}
        sql = "SELECT path, blob, kind, id, valid, links, rest FROM reading WHERE schemas = ?"
        try:
            return {(row[0], row[1]): row for row in self._connection.execute(sql, (schemas,))}
        except sqlite3.Error:
            return {}

    def keep_rows(self, schemas: str, rows: Iterable[Row], *, forget: bool) -> None:
        """Add rows; with `forget` only these stay."""
        if forget:
            self._write("DELETE FROM reading", [()])
        self._write("INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?, ?, ?, ?, ?)", ((schemas, *row) for row in rows))

    def _row(self, sql: str, *values: str) -> Any:
        try:
            return None if self._connection is None else self._connection.execute(sql, values).fetchone()
        except sqlite3.Error:
            return None

    def _write(self, sql: str, rows: Iterable[tuple[Any, ...]]) -> None:
        if self._connection is None:
            return
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(sql, rows)
            self._connection.execute("COMMIT")
        except (sqlite3.Error, UnicodeEncodeError):  # the latter: a file name that is not text
            self._connection.rollback()
