"""Reading and judging every record: by its schema and its own rules alone, then together as a book."""

import gc
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from servicebook.book import Book, Look
from servicebook.config import Config, read_config
from servicebook.finding import Finding
from servicebook.kinds import Kind, Kinds, read_kinds
from servicebook.record import FOLDER
from servicebook.rules import read_rules
from servicebook.tree import Entry, Tree, WorkingTree, blob_id
from servicebook.validation.cache import Cache, tool_digest
from servicebook.validation.grading import graded
from servicebook.validation.looking import look_from
from servicebook.validation.packing import READINGS_IN_A_PACK, pack, unpack
from servicebook.validation.reading import Reader, Reading, bind, sort_out
from servicebook.validation.report import Report
from servicebook.validation.suppression import apply
from servicebook.validation.workers import map_in_processes

NOWHERE = ""
"""As a focus: no file's findings are wanted."""
MOST_PACKS = 12
"""Runs whose readings lie one after the other before they are put together and the unused ones dropped."""


def validated_book(tree: Tree, as_of: datetime | None = None) -> tuple[Book, Report]:
    """The book of a tree with every finding on it, looked at from `as_of`."""
    config = read_config(tree)
    report, book = judge(tree, Cache(tree.root, tool_digest()), config=config, look=look_from(tree, config, as_of))
    return book, report


def book_to_write_in(tree: Tree) -> Book:
    """The book of a tree for whoever writes a record of it: judged, but for what is dear to find and not asked for."""
    config = read_config(tree)
    cache = Cache(tree.root, tool_digest())
    return judge(tree, cache, config=config, look=look_from(tree, config), focus=NOWHERE)[1]


class _WithDraft:
    """A tree as it would be with one file more, or with other bytes in one."""

    def __init__(self, tree: Tree, path: str, text: bytes) -> None:
        self.root, self.commit = tree.root, tree.commit
        self._tree, self._path, self._text = tree, path, text

    def entries(self, folder: str) -> list[Entry]:
        others = [entry for entry in self._tree.entries(folder) if entry.path != self._path]
        draft = [Entry(self._path, blob_id(self._text))] if self._path.startswith(f"{folder}/") else []
        return sorted([*others, *draft])

    def read(self, path: str) -> bytes:
        return self._text if path == self._path else self._tree.read(path)


def judge_draft(book: Book, path: str, text: bytes, as_of: datetime | None = None) -> Report:
    """The findings on a record that is not written so yet, as part of the book that it would be in.

    They are those from an instant that is given, else from the present.
    """
    tree = _WithDraft(book.tree, path, text)
    look = look_from(tree, book.config, as_of)
    report, _ = judge(tree, Cache(tree.root, tool_digest()), book.kinds, book.config, look, path)
    return Report(tuple(finding for finding in report.findings if finding.path == path), (), 1)


def judge(
    tree: Tree,
    cache: Cache | None,
    kinds: Kinds | None = None,
    config: Config | None = None,
    look: Look | None = None,
    focus: str | None = None,
) -> tuple[Report, Book]:
    """Every finding on a tree, and its book. Raises `Problem` where schemas or configuration cannot be used.

    Without `kinds` and `config`, those of the tree; without `look`, from when the tree was committed. What the cache
    holds of unchanged files is not read again. With a `focus`, what is dear to find in other files is not looked for.
    """
    kinds, config = kinds or read_kinds(tree), config or read_config(tree)
    look = look or look_from(tree, config)
    entries, strangers = sort_out(tree.entries(FOLDER), kinds)
    collecting = gc.isenabled()
    gc.disable()  # ten thousand small results hold no cycles; looking for some costs a tenth of the time
    try:
        readings = _read(tree, kinds, entries, cache)
        book = bind(tree, kinds, config, readings, strangers, look, focus)
        findings = [finding for reading in readings for finding in reading.findings]
        findings += _of_the_book(book)
    finally:
        if collecting:
            gc.enable()
    suppressions = [s for reading in readings for s in reading.suppressions]
    kept, silenced = apply(list(graded(findings, config)), suppressions)
    return Report(tuple(sorted(kept)), tuple(silenced), len(readings) + len(strangers)), book


def _read(tree: Tree, kinds: Kinds, entries: list[tuple[Entry, Kind]], cache: Cache | None) -> list[Reading]:
    packed = cache.readings(kinds.digest) if cache is not None else []
    kept = _kept(packed)
    known: list[Reading] = []
    unknown: list[tuple[Entry, Kind]] = []
    for entry, kind in entries:
        reading = kept.get(entry.path)
        if reading is not None and reading.blob == entry.blob and reading.kind == kind.name:
            known.append(reading)
        else:
            unknown.append((entry, kind))
    reader = Reader(tree, kinds)
    for kind in {kind.name: kind for _, kind in unknown}.values():
        _ = kind.validator  # compiled once, before any process is forked
    processes = (os.cpu_count() or 1) if isinstance(tree, WorkingTree) else 1
    fresh = map_in_processes(lambda item: reader.read(*item), unknown, processes)
    if cache is not None and fresh:
        tidy = len(packed) > MOST_PACKS + len(entries) // READINGS_IN_A_PACK
        cache.keep_readings(kinds.digest, pack(known + fresh if tidy else fresh), alone=tidy)
    return known + fresh


def _kept(packed: list[str]) -> dict[str, Reading]:
    """Readings by path, of two for one path the later; none where the texts are damaged."""
    try:
        return {r.path: r for text in packed for r in unpack(text)}
    except (ValueError, TypeError, IndexError):
        return {}


def _of_the_book(book: Book) -> Iterator[Finding]:
    for rule in read_rules().values():
        if rule.check_book is not None:
            yield from (replace(finding, rule=rule.name) for finding in rule.check_book(book))
