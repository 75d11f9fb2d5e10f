"""What brings a book to the present versions of its schemas: planned whole, looked at, then written file by file."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from difflib import unified_diff
from typing import Any

from servicebook.book import Book, read_book
from servicebook.editing import edited
from servicebook.errors import Problem
from servicebook.finding import Finding, inert_line, quote
from servicebook.kinds import FOLDER, PARTS, own_schemas, shipped_schemas, version_of
from servicebook.migrations import VERSION, migrate
from servicebook.record import Record
from servicebook.rules import schema as schema_rule
from servicebook.schema_files import parse
from servicebook.source import load
from servicebook.tree import Entry, Tree, blob_id
from servicebook.writing import rewrite


@dataclass(frozen=True)
class Rewrite:
    """One file and its bytes before and after. `what` says in short what is done to it."""

    path: str
    what: str
    before: bytes
    after: bytes

    def bytes_for(self, now: bytes) -> bytes:
        """The bytes after, where those of now are the ones before. Raises `Problem`."""
        if now not in (self.before, self.after):
            raise Problem(f"{self.path} was changed meanwhile.", "Run this again: it goes on where it stopped.")
        return self.after

    def diff(self) -> Iterator[str]:
        """The lines of a unified diff, inert."""
        old, new = (text.decode("utf-8", "replace").splitlines() for text in (self.before, self.after))
        for line in unified_diff(old, new, f"a/{self.path}", f"b/{self.path}", lineterm=""):
            yield inert_line(line)


@dataclass(frozen=True)
class Plan:
    """Every file to rewrite, in the order of writing, and the findings on those that are left as they are."""

    rewrites: tuple[Rewrite, ...]
    findings: tuple[Finding, ...]


class _WithSchemas:
    """A tree as it would be with other schemas."""

    def __init__(self, tree: Tree, texts: Mapping[str, bytes]) -> None:
        self.root, self.commit = tree.root, tree.commit
        self._tree = tree
        self._texts = texts

    def entries(self, folder: str) -> list[Entry]:
        changed = [Entry(path, blob_id(text)) for path, text in self._texts.items() if path.startswith(f"{folder}/")]
        others = [entry for entry in self._tree.entries(folder) if entry.path not in self._texts]
        return sorted([*others, *changed])

    def read(self, path: str) -> bytes:
        return self._texts[path] if path in self._texts else self._tree.read(path)


def plan(tree: Tree, kinds: Iterable[str] = (), *, schemas: bool = False) -> Plan:
    """What to rewrite so that records are of the present version of their kind; of these kinds, or of all.

    With `schemas`, the book's own copies of shipped schemas first make room for those of a higher version that
    the tool brings. Raises `Problem` where schemas cannot be used.
    """
    renewed = list(_schemas(tree)) if schemas else []
    book = read_book(_WithSchemas(tree, {step.path: step.after for step in renewed}))
    chosen = {book.kinds.named(name).name for name in kinds} or set(book.kinds)
    rewrites: list[Rewrite] = []
    findings = list(_unread(book, chosen))
    for record in book.all:
        version = record.data.get(VERSION)
        if record.kind.name in chosen and isinstance(version, int) and 0 < version < record.kind.version:
            outcome = _rewrite(tree, record, version)
            if isinstance(outcome, Rewrite):
                rewrites.append(outcome)
            else:
                findings += outcome
    return Plan((*renewed, *rewrites), tuple(sorted(findings)))


def carry_out(tree: Tree, made: Plan) -> None:
    """Write what was planned: each file at once or not at all. Whatever is left undone, a second run does."""
    for step in made.rewrites:
        rewrite(tree.root, step.path, step.bytes_for)


def _schemas(tree: Tree) -> Iterator[Rewrite]:
    """The book's own schemas that the tool has in a higher version, the parts that they refer to before all."""
    ours, own = shipped_schemas(), own_schemas(tree)
    newer = {
        name: (version_of(name, text), version_of(name, ours[name]))
        for name, text in own.items()
        if name in ours and text != ours[name] and version_of(name, ours[name]) > version_of(name, text)
    }
    for name in sorted(newer, key=lambda name: (name != PARTS, name)):
        if name == PARTS:
            _keeps_parts(own[PARTS], ours[PARTS])
        old, new = newer[name]
        yield Rewrite(f"{FOLDER}/{name}", f"version {old} to {new}", own[name], ours[name])


def _keeps_parts(own: bytes, ours: bytes) -> None:
    """Raises `Problem` where the book's parts.json has parts of its own, which the tool's would take away."""
    known, kept = (parse(f"{FOLDER}/{PARTS}", text).get("$defs") for text in (own, ours))
    if isinstance(known, dict) and isinstance(kept, dict) and (lost := sorted(known.keys() - kept.keys())):
        raise Problem(
            f"{FOLDER}/{PARTS} defines {quote(lost[0])}, which the newer one of servicebook lacks.",
            f"Move it into the schema that uses it (#/$defs/{inert_line(lost[0])}), then migrate again.",
        )


def _unread(book: Book, kinds: set[str]) -> Iterator[Finding]:
    """Files that cannot be read: nobody knows of which version they are."""
    for path, refused in book.refused.items():
        if book.kinds.by_folder[path.split("/")[1]].name in kinds:
            yield Finding(path, refused.line, refused.column, "yaml-syntax", refused.message, refused.hint)


def _rewrite(tree: Tree, record: Record, version: int) -> Rewrite | list[Finding]:
    """The file as it would be, or why it is left as it is: the record would not be valid, or would lose a comment."""
    kind = record.kind

    def change(data: MutableMapping[str, Any]) -> None:
        migrate(data, kind.migrations, kind.version)

    if (missing := version + 1) not in map(int, kind.migrations):
        message = f"The record is of version {version}, and {kind.path} has no way from there to {missing}."
        return [_finding(record, message, f'Add "{missing}": […] to its x-migrations.')]
    before = record.source()
    try:
        after = edited(before, change, record.path)
    except Problem as problem:
        return [_finding(record, problem.message, problem.hint)]
    data = load(after)
    if not kind.validator.is_valid(data):
        return list(_objections(Record(tree, record.path, kind, record.id, valid=False, data=data)))
    if lost := _comment_lines(before) - _comment_lines(after):
        hint = "Move the comment to a field that stays, then migrate again."
        return [_finding(record, f"The comment {quote(min(lost))} would be lost.", hint)]
    return Rewrite(record.path, f"{kind.title()}, version {version} to {kind.version}", before, after)


def _finding(record: Record, message: str, hint: str) -> Finding:
    line, column = record.place((VERSION,))
    return Finding(record.path, line, column, "migrate", message, hint)


def _objections(migrated: Record) -> Iterator[Finding]:
    """What the schema has against migrated data, each where the value stands in the file as it is."""
    for found in schema_rule.check_record(migrated):
        yield Finding(found.path, found.line, found.column, "schema", f"After migration: {found.message}", found.hint)


def _comment_lines(text: bytes) -> Counter[str]:
    return Counter(line for line in map(str.strip, text.decode("utf-8").splitlines()) if line.startswith("#"))
