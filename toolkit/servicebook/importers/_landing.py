"""Tickets → files of the book: new ones created, known ones continued, the rest left as they are."""

from servicebook import record
from servicebook.errors import Problem
from servicebook.importers._shelf import Refusal, Shelf
from servicebook.importers._standing import Contradiction
from servicebook.importers._tickets import Outcome, Ticket, Write, continued, from_list, from_log
from servicebook.kinds import Kind, Kinds
from servicebook.tree import Tree


class Landing:
    """The place of imported incidents in one book. Writes nothing when `dry`."""

    def __init__(self, tree: Tree, kinds: Kinds, system: str, write: Write, *, log: bool, dry: bool) -> None:
        self._kind: Kind = kinds.named("incident")
        if self._kind.lifecycle is None or self._kind.lifecycle.timeline != "timeline":
            raise Problem(f"{self._kind.path} gives incidents no timeline.", "An import needs x-lifecycle.")
        self._lifecycle = self._kind.lifecycle
        self._system = system
        self._write = write
        self._log = log
        self._shelf = Shelf(tree, kinds, dry=dry)

    def require(self, record_id: str, kind: str) -> None:
        """Raise Problem unless the book has a record of that id and kind."""
        self._shelf.require(record_id, kind)

    def land(self, ticket: Ticket) -> tuple[str, set[int]]:
        """What was done ("created", "updated", "unchanged", "kept") and the rows that said something new.

        Raises Refusal for a ticket that cannot be taken, Problem where the disk does not take it.
        """
        try:
            fresh = (from_log if self._log else from_list)(ticket, self._write)
            path = self._shelf.find(ticket.number)
            if path is None:
                return self._create(ticket, fresh)
            return self._continue(ticket, fresh, path)
        except Contradiction as contradiction:
            raise Refusal("the source contradicts itself or the record", str(contradiction)) from None

    def _create(self, ticket: Ticket, fresh: Outcome) -> tuple[str, set[int]]:
        opened = fresh.data["timeline"][0]["at"]
        path = f"{record.FOLDER}/{self._kind.folder}/{opened[:4]}/{opened[5:7]}/{ticket.number}{record.SUFFIX}"
        self._shelf.create(ticket.number, path, self._shelf.text(path, self._kind, fresh.data))
        return "created", fresh.rows

    def _continue(self, ticket: Ticket, fresh: Outcome, path: str) -> tuple[str, set[int]]:
        before, data = self._shelf.read(path, self._kind, ticket.number, self._system)
        if self._shelf.text(path, self._kind, fresh.data) == before:
            return "unchanged", set()
        outcome = continued(ticket, data, self._lifecycle, self._write, log=self._log)
        if outcome is None:
            return "kept", set()
        self._shelf.replace(path, self._shelf.changed(path, self._kind, before, data, outcome.data))
        return "updated", outcome.rows
