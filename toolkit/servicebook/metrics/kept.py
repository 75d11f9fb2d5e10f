"""One book as metrics look at it; and its fact tables as an earlier run kept them, for a run that finds all unchanged.

Kept is one set, the latest: a folder of Parquet files inside git's own folder, named after a digest of all that facts
rest on (`_key`). A run that finds its set reads no record but those that targets stand in. A set is written beside
its place and moved there as a whole; one that does not hold what its manifest says is made anew, by the facts'
`Ledger`. Where nothing can be written, nothing is kept. It may be deleted at any time.
"""

import gc
import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any, Self

import duckdb

from servicebook import git, registry
from servicebook.book import Book, kind_of, read_record, read_source
from servicebook.clock import zone
from servicebook.config import Config, read_config
from servicebook.facts import Events, Facts, Ledger, parse_as_of
from servicebook.kind import Kind
from servicebook.kinds import read_kinds
from servicebook.metrics.duckdb_engine import DuckDB
from servicebook.metrics.loading import from_files, write_parquet
from servicebook.metrics.targets import KINDS, Targets
from servicebook.record import instant
from servicebook.source import Refused
from servicebook.tree import Entry, Tree, WorkingTree, open_tree

MANIFEST = "facts.json"


@dataclass(frozen=True, slots=True)
class Outline:
    """What is asked of a book beside its tables: the instant up to which it is looked at, its latest event by then (the
    instant where there is none), how many events lie after, and how many files of records cannot be used.

    `promising` are the paths of the records that targets stand in.
    """

    as_of: datetime
    latest: datetime
    later: int
    unusable: int
    promising: tuple[str, ...]

    @classmethod
    def read(cls, content: dict[str, Any]) -> Self:
        """The outline that `written` gave. Raises ValueError, TypeError or KeyError for anything else."""
        return cls(
            instant(content["as_of"]), instant(content["latest"]), int(content["later"]), int(content["unusable"]),
            tuple(map(str, content["promising"])),
        )  # fmt: skip

    def written(self) -> dict[str, Any]:
        """The outline as JSON can hold it."""
        return asdict(self) | {"as_of": self.as_of.isoformat(), "latest": self.latest.isoformat()}


@dataclass(frozen=True)
class View:
    """A book as of an instant: what measures its facts, and what figures are held against."""

    config: Config
    commit: str | None
    outline: Outline
    engine: DuckDB
    targets: Targets


def look_at(tree: Tree, asked: str | None = None, tool: str | None = None) -> View:
    """The book of a tree as of the instant that was asked for, else of the one that follows from it. Raises Problem.

    `tool` is a digest of whatever makes facts besides the book: code, libraries, time-zone data. Without it nothing
    is kept or used.
    """
    config = read_config(tree)
    shelf, key = _shelf(tree), _key(tree, asked, tool)
    if shelf is not None and key is not None and (found := _kept(shelf / key, tree, config)):
        return found
    facts, outline, book = _made(tree, config, asked, tool)
    # What changed while it was read may be in the tables, and is not in the key.
    if shelf is not None and key is not None and key == _key(_afresh(tree), asked, tool):
        _keep(shelf, key, facts, outline)
        if found := _kept(shelf / key, tree, config):  # Parquet goes into DuckDB faster than rows
            return found
    return View(config, tree.commit, outline, DuckDB.from_facts(facts), Targets(book))


def _made(tree: Tree, config: Config, asked: str | None, tool: str | None) -> tuple[Facts, Outline, Book]:
    """The tables as the ledger makes them, and the book that they are of."""
    collecting = gc.isenabled()
    gc.disable()  # records and rows hold no cycles; looking for some costs a third of the time where few are new
    try:
        ledger = Ledger(tree, tool)
        events = Events(ledger.brief)
        as_of = parse_as_of(asked, zone(config.zone)) if asked else events.default_as_of()
        facts = ledger.facts(as_of)
        promising = tuple(record.path for kind in KINDS for record in ledger.book.records(kind))
        latest = events.latest(until=as_of) or as_of
        return facts, Outline(as_of, latest, events.after(as_of), facts.unusable, promising), ledger.book
    finally:
        if collecting:
            gc.enable()


def _shelf(tree: Tree) -> Path | None:
    """The folder that holds the set; None outside a repository."""
    folder = git.folder(tree.root)
    return None if folder is None else folder / "servicebook" / "tables"


def _key(tree: Tree, asked: str | None, tool: str | None) -> str | None:
    """A digest of the book's files and its commit, of the instant asked for and the tool; None where that is not
    known, or where git was told not to look at some files."""
    if tool is None:
        return None
    state = tree.commit
    if isinstance(tree, WorkingTree):
        state = tree.fingerprint()
        if tree.blind:
            return None
    if state is None:
        return None
    # How often due dates were moved rests on the history, of which a shallow clone has less.
    parts = (str(tree.root), state, git.run(tree.root, "rev-parse", "--is-shallow-repository").decode(), asked, tool)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _afresh(tree: Tree) -> Tree:
    """The tree as it is now. A commit does not change."""
    return tree if tree.commit else open_tree(tree.root)


def _keep(shelf: Path, key: str, facts: Facts, outline: Outline) -> None:
    """Keep the tables under the key, in place of everything that is there."""
    with suppress(OSError, duckdb.Error):
        shelf.mkdir(parents=True, exist_ok=True)
        made = Path(mkdtemp(dir=shelf))
        try:
            tables = {}
            for name, table in facts.tables.items():
                write_parquet(table, made / f"{name}.parquet")
                tables[name] = _digest(made / f"{name}.parquet")
            content = json.dumps({"outline": outline.written(), "tables": tables})
            (made / MANIFEST).write_text(content, encoding="utf-8")
            for other in shelf.iterdir():
                if other != made:
                    rmtree(other, ignore_errors=True)
            made.rename(shelf / key)
        finally:
            rmtree(made, ignore_errors=True)  # it is no longer there, unless something went wrong


def _kept(folder: Path, tree: Tree, config: Config) -> View | None:
    """The set in a folder; None where there is none, or not all that its manifest says."""
    try:
        content = json.loads((folder / MANIFEST).read_bytes())
        outline, tables = Outline.read(content["outline"]), content["tables"]
        files = {name: folder / f"{name}.parquet" for name in registry.module_names("facts")}
        if tables != {name: _digest(file) for name, file in files.items()}:
            return None
        sources = [(name, from_files([str(file)], rows=True)) for name, file in files.items()]
        engine = DuckDB(outline.as_of, zone(config.zone), sources)
        return View(config, tree.commit, outline, engine, Targets(_promising(tree, config, outline.promising)))
    except (OSError, ValueError, TypeError, KeyError, duckdb.Error, Refused):
        return None


def _promising(tree: Tree, config: Config, paths: Iterable[str]) -> Book:
    """The book as targets need it."""
    kinds = read_kinds(tree)
    records = []
    for path in paths:
        entry = Entry(path, "")
        kind = kind_of(entry, kinds)
        if isinstance(kind, Kind):
            records.append(read_record(tree, entry, kind, read_source(tree, path)))
    return Book(tree, kinds, config, records)


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
