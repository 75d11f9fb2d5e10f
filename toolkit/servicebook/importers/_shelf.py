"""Where the records of an import stand in the book: found by id, read, written."""

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from typing import Any

from servicebook import editing, record, source, writing
from servicebook.errors import Problem
from servicebook.finding import inert_line, quote
from servicebook.kinds import Kind, Kinds
from servicebook.tree import Tree, Unreadable


class Refusal(Exception):
    """What is not taken: the sort of reason, and the detail."""

    def __init__(self, sort: str, detail: str) -> None:
        super().__init__(sort)
        self.sort = sort
        self.detail = detail


class Shelf:
    """The records of one book, for an import. Writes nothing when `dry`."""

    def __init__(self, tree: Tree, kinds: Kinds, *, dry: bool) -> None:
        self._tree = tree
        self._dry = dry
        self._folders = {kind.folder: kind for kind in kinds.values()}
        self._paths: dict[str, str] = {}
        for entry in tree.entries(record.FOLDER):
            if entry.path.endswith(record.SUFFIX):
                self._paths.setdefault(PurePosixPath(entry.path).stem.casefold(), entry.path)

    def find(self, record_id: str) -> str | None:
        """The path of the record of an id, capitals or not."""
        return self._paths.get(record_id.casefold())

    def kind_at(self, path: str) -> str:
        """The name of the kind whose folder a path is in; "" for none."""
        parts = path.split("/")
        kind = self._folders.get(parts[1]) if len(parts) > 2 else None
        return kind.name if kind else ""

    def has(self, record_id: str, kind: str) -> bool:
        """Whether the book has a record of exactly that id and kind."""
        path = self.find(record_id) or ""
        return PurePosixPath(path).stem == record_id and self.kind_at(path) == kind

    def require(self, record_id: str, kind: str) -> None:
        """Raise Problem unless the book has a record of that id and kind."""
        if not self.has(record_id, kind):
            hint = f"servicebook list {kind} shows the ids."
            raise Problem(f"There is no {kind} {quote(record_id)} in the book.", hint)

    def read(self, path: str, kind: Kind, record_id: str, system: str) -> tuple[bytes, dict[str, Any]]:
        """The record at a path, its bytes and its data. Raises Refusal unless it was imported from the system."""
        if self.kind_at(path) != kind.name:
            raise Refusal("another record has this id", path)
        try:
            before = self._tree.read(path)
            data = source.load(before)
        except (source.Refused, Unreadable) as error:
            raise Refusal("the record that is there cannot be read", f"{path}: {inert_line(str(error))}") from None
        if not kind.validator.is_valid(data):
            raise Refusal("the record that is there is not valid", f"{path}: see servicebook validate")
        if data["id"] != record_id or data.get("source", {}).get("system") != system:
            raise Refusal("another record has this id", f"{path} was not imported from {system}")
        return before, data

    def text(self, path: str, kind: Kind, data: Mapping[str, Any]) -> bytes:
        """The bytes of a record. Raises Refusal for one that its schema does not accept or no file can hold."""
        if not kind.validator.is_valid(data):
            error = next(iter(kind.validator.iter_errors(data)))
            where = "/".join(str(step) for step in error.instance_path)
            raise Refusal("the schema does not accept the record", f"{where}: {inert_line(error.message)[:200]}")
        try:
            return writing.record_text(path, kind, data)
        except Problem as problem:
            raise Refusal("the record cannot be written", problem.message) from None

    def changed(self, path: str, kind: Kind, before: bytes, data: dict[str, Any], after: Mapping[str, Any]) -> bytes:
        """The bytes of a record with other data; one laid out by hand keeps its comments and its order."""
        text = self.text(path, kind, after)
        if before != writing.record_text(path, kind, data):
            text = editing.edited(before, _change_to(data, after), path)
        return text

    def create(self, record_id: str, path: str, text: bytes) -> None:
        """A new record. Raises Problem where the disk does not take it."""
        if not self._dry:
            writing.create(self._tree.root, path, text, flush=False)
        self._paths[record_id.casefold()] = path

    def replace(self, path: str, text: bytes) -> None:
        """Other bytes for a record. Raises Problem where the disk does not take them."""
        if not self._dry:
            writing.replace(self._tree.root, path, text, flush=False)


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
