"""Every rule on every record of a tree."""

import gc
import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from servicebook import git
from servicebook.book import Book
from servicebook.config import read_config
from servicebook.errors import Problem
from servicebook.finding import Finding
from servicebook.kinds import FOLDER as SCHEMAS
from servicebook.kinds import Kinds, own_schemas, read_kinds
from servicebook.record import FOLDER
from servicebook.rules import read_rules
from servicebook.tree import CommitTree, Tree, Unreadable, WorkingTree, blob_id
from servicebook.validation.cache import Cache, restore, tool_digest
from servicebook.validation.reading import Reader, Reading, bind, sort_out
from servicebook.validation.suppression import Suppressed, Suppression, apply
from servicebook.validation.workers import map_in_processes


@dataclass(frozen=True)
class Report:
    """What validation found: `findings` by path and line, what comments `suppressed`, and how many `files` it judged.

    `notes` are sentences for the reader of the report that are no findings.
    """

    findings: tuple[Finding, ...]
    suppressed: tuple[Suppressed, ...]
    files: int
    notes: tuple[str, ...] = ()


def validate(tree: Tree, *, cached: bool = True) -> Report:
    """Every finding on a tree. Raises `Problem` where schemas or configuration cannot be used."""
    cache = Cache(tree.root, tool_digest()) if cached else None
    key = _fingerprint(tree) if cache is not None else None
    if cache is not None and key is not None and (known := cache.verdict(key)) is not None:
        return _thaw(known)
    report, _ = _judge(tree, read_kinds(tree), cache)
    if cache is not None and key is not None:
        cache.keep_verdict(key, _freeze(report))
    return report


def validated_book(tree: Tree) -> tuple[Book, Report]:
    """The book of a tree with every finding on it."""
    report, book = _judge(tree, read_kinds(tree), Cache(tree.root, tool_digest()))
    return book, report


def validate_change(tree: Tree, revision: str) -> Report:
    """What a change since it left `revision` is answerable for.

    Findings in files that it changed, and those in other files that were not there before it (a link
    into a record that it removed). Schemas that the revision has are taken from there, so that a change
    cannot loosen what it is checked by; the report's notes say when it tried.
    """
    base = CommitTree(tree.root, fork_point(tree, revision))
    kinds = read_kinds(tree, base)
    before, _ = _judge(base, read_kinds(base), None)
    now, book = _judge(tree, kinds, None)
    old = {entry.path: entry.blob for entry in base.entries(FOLDER)}
    changed = {entry.path for entry in tree.entries(FOLDER) if old.get(entry.path) != (entry.blob or _blob(tree, entry.path))}
    known = {(f.path, f.rule, f.message) for f in before.findings}
    findings = tuple(f for f in now.findings if f.path in changed or (f.path, f.rule, f.message) not in known)
    files = len(changed) + len(old.keys() - {entry.path for entry in tree.entries(FOLDER)})
    return Report(findings, tuple(s for s in now.suppressed if s.finding.path in changed), files, tuple(_guarded(tree, base)))


def fork_point(tree: Tree, revision: str) -> str:
    """The full id of the commit at which this tree left the history of `revision`. Raises `Problem`."""
    base, head = git.resolve(tree.root, revision), tree.commit or git.resolve(tree.root, "HEAD")
    try:
        return git.run(tree.root, "merge-base", base, head).decode().strip()
    except git.GitError:
        raise Problem(f"{revision} and what is checked have no common history here.", "In a shallow clone fetch the whole history first (fetch-depth: 0).") from None


def _guarded(tree: Tree, base: Tree) -> Iterable[str]:
    mine, theirs = own_schemas(tree), own_schemas(base)
    for name in sorted(mine.keys() | theirs.keys()):
        if name in theirs and mine.get(name) != theirs[name]:
            yield f"{SCHEMAS}/{name} is changed: records are judged by the version before the change."


def _judge(tree: Tree, kinds: Kinds, cache: Cache | None) -> tuple[Report, Book]:
    config = read_config(tree)
    entries, strangers = sort_out(tree.entries(FOLDER), kinds)
    collecting = gc.isenabled()
    gc.disable()  # ten thousand small results hold no cycles; looking for some costs a tenth of the time
    try:
        readings = _read(tree, kinds, entries, cache)
        book = bind(tree, kinds, config, readings, strangers)
        findings = [finding for reading in readings for finding in reading.findings]
        for rule in read_rules().values():
            if rule.check_book is not None:
                findings += (replace(finding, rule=rule.name) for finding in rule.check_book(book))
    finally:
        if collecting:
            gc.enable()
    suppressions = [s for reading in readings for s in reading.suppressions]
    kept, silenced = apply(findings, suppressions)
    return Report(tuple(sorted(kept)), tuple(silenced), len(readings) + len(strangers)), book


def _read(tree: Tree, kinds: Kinds, entries: list[Any], cache: Cache | None) -> list[Reading]:
    rows = cache.readings() if cache is not None else {}
    known: list[Reading] = []
    unknown = []
    for entry, kind in entries:
        row = rows.get((entry.path, entry.blob)) if entry.blob else None
        if row is not None and row[2] == kind.name:
            known.append(restore(row))
        else:
            unknown.append((entry, kind))
    reader = Reader(tree, kinds)
    for kind in {kind.name: kind for _, kind in unknown}.values():
        _ = kind.validator  # compiled once, before any process is forked
    processes = (os.cpu_count() or 1) if isinstance(tree, WorkingTree) else 1
    fresh = map_in_processes(lambda item: reader.read(*item), unknown, processes)
    if cache is not None and fresh:
        cache.keep_readings((r for r in fresh if r.blob), forget=len(rows) > 4 * len(entries))
    return known + fresh


def _fingerprint(tree: Tree) -> str | None:
    """A key for everything that the verdict on a tree depends on; None where it cannot be had cheaply."""
    if not isinstance(tree, WorkingTree) or tree.state is None:
        return None
    digest = hashlib.sha256()
    index, changed = tree.state
    for part in (index, changed, *(_content(tree, line[2:]) for line in changed.split(b"\0") if line)):
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return digest.hexdigest()


def _content(tree: Tree, name: bytes) -> bytes:
    try:
        return hashlib.sha256(tree.read(os.fsdecode(name))).digest()
    except Unreadable as error:
        return str(error).encode()


def _blob(tree: Tree, path: str) -> str:
    try:
        return blob_id(tree.read(path))
    except Unreadable:
        return ""


def _freeze(report: Report) -> Any:
    plain = [(f.path, f.line, f.column, f.rule, f.message, f.hint, f.severity) for f in report.findings]
    silenced = [((f.path, f.line, f.column, f.rule, f.message, f.hint, f.severity), s) for f, s in report.suppressed]
    return {"findings": plain, "suppressed": silenced, "files": report.files}


def _thaw(known: Any) -> Report:
    silenced = tuple(Suppressed(Finding(*f), Suppression(*s)) for f, s in known["suppressed"])
    return Report(tuple(Finding(*f) for f in known["findings"]), silenced, known["files"])
