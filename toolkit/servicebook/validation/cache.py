"""What reading a file gave, kept by its blob id, so that unchanged bytes are never parsed twice.

One SQLite file inside git's own folder: there no pull request can bring one along. It may be deleted at
any time. Everything in it depends on `digest` (schemas, rules, tool); another digest empties it.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from servicebook import __version__, git
from servicebook.finding import Finding
from servicebook.record import Link
from servicebook.registry import PACKAGE
from servicebook.validation.reading import Reading
from servicebook.validation.suppression import Suppression

_TABLES = """
CREATE TABLE IF NOT EXISTS digest (value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS reading (path TEXT, blob TEXT, kind TEXT, id TEXT, valid INT, links TEXT, rest TEXT, PRIMARY KEY (path, blob)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS verdict (key TEXT PRIMARY KEY, report TEXT NOT NULL);
"""
_KEPT_VERDICTS = 50


@cache
def tool_digest() -> str:
    """Changes with any module of the tool: by version in an installation, by size and time of the files in a checkout."""
    stamps = sorted((str(path.relative_to(PACKAGE)), path.stat().st_size, path.stat().st_mtime_ns) for path in PACKAGE.rglob("*.py"))
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

    def readings(self) -> dict[tuple[str, str], Any]:
        """Every row by path and blob id; `restore` makes a reading of one."""
        if self._connection is None:
            return {}
        try:
            return {(row[0], row[1]): row for row in self._connection.execute("SELECT * FROM reading")}
        except sqlite3.Error:
            return {}

    def keep_readings(self, readings: Iterable[Reading], *, forget: bool) -> None:
        """Add readings; with `forget` only these stay."""
        if forget:
            self._write("DELETE FROM reading", [()])
        self._write("INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?, ?, ?, ?)", map(_row, readings))

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


def _row(r: Reading) -> tuple[Any, ...]:
    links = json.dumps([(pointer, target, sorted(kinds)) for pointer, target, kinds in r.links]) if r.links else ""
    rest = ""
    if r.findings or r.suppressions or r.refusal:
        rest = json.dumps([[_plain(f) for f in r.findings], r.suppressions, r.refusal])
    return (r.path, r.blob, r.kind, r.id, r.valid, links, rest)


def restore(row: Any) -> Reading:
    """The reading behind a row of `Cache.readings`."""
    path, blob, kind, record_id, valid, links, rest = row
    findings, suppressions, refusal = json.loads(rest) if rest else ((), (), None)
    return Reading(
        path, blob, kind, record_id, bool(valid),
        tuple([Link(tuple(pointer), target, frozenset(kinds)) for pointer, target, kinds in json.loads(links)]) if links else (),
        tuple(Finding(*f) for f in findings),
        tuple(Suppression(*s) for s in suppressions),
        tuple(refusal) if refusal else None,
    )  # fmt: skip


def _plain(f: Finding) -> tuple[Any, ...]:
    return (f.path, f.line, f.column, f.rule, f.message, f.hint, f.severity)
