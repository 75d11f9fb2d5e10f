"""Tickets → files of the book: new ones created, known ones continued, the rest left as they are."""

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Any

from servicebook import editing, record, source, writing
from servicebook.errors import Problem
from servicebook.finding import inert_line, quote
from servicebook.importers._standing import Contradiction
from servicebook.importers._tickets import Outcome, Ticket, Write, continued, from_list, from_log
from servicebook.kinds import Kind, Kinds
from servicebook.tree import Tree, Unreadable


class Refusal(Exception):
    """A ticket that is not taken: the sort of reason, and the detail."""

    def __init__(self, sort: str, detail: str) -> None:
        super().__init__(sort)
        self.sort = sort
        self.detail = detail


class Landing:
    """The place of imported incidents in one book. Writes nothing when `dry`."""

    def __init__(self, tree: Tree, kinds: Kinds, system: str, write: Write, *, log: bool, dry: bool) -> None:
        self._tree = tree
        self._kind: Kind = kinds.named("incident")
        if self._kind.lifecycle is None or self._kind.lifecycle.timeline != "timeline":
            raise Problem(f"{self._kind.path} gives incidents no timeline.", "An import needs x-lifecycle.")
        self._lifecycle = self._kind.lifecycle
        self._system = system
        self._write = write
        self._log = log
        self._dry = dry
        self._folders = {kind.folder: kind for kind in kinds.values()}
        self._paths: dict[str, str] = {}
        for entry in tree.entries(record.FOLDER):
            if entry.path.endswith(record.SUFFIX):
                self._paths.setdefault(PurePosixPath(entry.path).stem.casefold(), entry.path)

    def require(self, record_id: str, kind: str) -> None:
        """Raise Problem unless the book has a record of that id and kind."""
        path = self._paths.get(record_id.casefold(), "")
        if PurePosixPath(path).stem != record_id or self._kind_at(path) != kind:
            hint = f"servicebook list {kind} shows the ids."
            raise Problem(f"There is no {kind} {quote(record_id)} in the book.", hint)

    def land(self, ticket: Ticket) -> tuple[str, set[int]]:
        """What was done ("created", "updated", "unchanged", "kept") and the rows that said something new.

        Raises Refusal for a ticket that cannot be taken, Problem where the disk does not take it.
        """
        try:
            fresh = (from_log if self._log else from_list)(ticket, self._write)
            path = self._paths.get(ticket.number.casefold())
            if path is None:
                return self._create(ticket, fresh)
            return self._continue(ticket, fresh, path)
        except Contradiction as contradiction:
            raise Refusal("the source contradicts itself or the record", str(contradiction)) from None

    def _create(self, ticket: Ticket, fresh: Outcome) -> tuple[str, set[int]]:
        opened = fresh.data["timeline"][0]["at"]
        path = f"{record.FOLDER}/{self._kind.folder}/{opened[:4]}/{opened[5:7]}/{ticket.number}{record.SUFFIX}"
        text = self._text(path, fresh.data)
        if not self._dry:
            writing.create(self._tree.root, path, text, flush=False)
        self._paths[ticket.number.casefold()] = path
        return "created", fresh.rows

    def _continue(self, ticket: Ticket, fresh: Outcome, path: str) -> tuple[str, set[int]]:
        if self._kind_at(path) != self._kind.name:
            raise Refusal("another record has this id", path)
        try:
            before = self._tree.read(path)
            data = source.load(before)
        except (source.Refused, Unreadable) as error:
            raise Refusal("the record that is there cannot be read", f"{path}: {inert_line(str(error))}") from None
        if not self._kind.validator.is_valid(data):
            raise Refusal("the record that is there is not valid", f"{path}: see servicebook validate")
        if data["id"] != ticket.number or data.get("source", {}).get("system") != self._system:
            raise Refusal("another record has this id", f"{path} was not imported from {self._system}")
        if self._text(path, fresh.data) == before:
            return "unchanged", set()
        outcome = continued(ticket, data, self._lifecycle, self._write, log=self._log)
        if outcome is None:
            return "kept", set()
        self._rewrite(path, before, data, outcome.data)
        return "updated", outcome.rows

    def _rewrite(self, path: str, before: bytes, data: dict[str, Any], after: Mapping[str, Any]) -> None:
        text = self._text(path, after)
        if before != writing.record_text(path, self._kind, data):  # laid out by hand: keep comments and order
            text = editing.edited(before, _change_to(data, after), path)
        if not self._dry:
            writing.replace(self._tree.root, path, text, flush=False)

    def _text(self, path: str, data: Mapping[str, Any]) -> bytes:
        if not self._kind.validator.is_valid(data):
            error = next(iter(self._kind.validator.iter_errors(data)))
            where = "/".join(str(step) for step in error.instance_path)
            raise Refusal("the schema does not accept the record", f"{where}: {inert_line(error.message)[:200]}")
        try:
            return writing.record_text(path, self._kind, data)
        except Problem as problem:
            raise Refusal("the record cannot be written", problem.message) from None

    def _kind_at(self, path: str) -> str:
        parts = path.split("/")
        kind = self._folders.get(parts[1]) if len(parts) > 2 else None
        return kind.name if kind else ""


def _change_to(data: Mapping[str, Any], after: Mapping[str, Any]) -> Callable[[Any], None]:
    """The change that makes one record's data the other's, as an edit: what is equal is not touched."""

    def change(document: Any) -> None:
        for name, value in after.items():
            if name == "timeline":
                for place, event in enumerate(value):
                    if place >= len(document[name]) or dict(document[name][place]) != event:
                        document[name].insert(place, dict(event))
            elif data.get(name) != value:
                document[name] = value

    return change
