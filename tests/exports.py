"""Exports as ServiceNow writes them, made by tests: rows as dicts, books to import into."""

import csv
import io
from pathlib import Path

from servicebook import source
from servicebook.importers._ledger import Ledger
from servicebook.importers.servicenow import Choices, import_files
from servicebook.kinds import read_kinds
from servicebook.tree import WorkingTree

BASE = {
    "number": "INC1",
    "incident_state": "New",
    "sys_mod_count": "0",
    "opened_at": "29/2/2016 06:38",
    "sys_updated_at": "29/2/2016 06:42",
    "impact": "2 - Medium",
    "urgency": "2 - Medium",
    "assignment_group": "?",
    "priority": "3 - Moderate",
    "made_sla": "true",
    "resolved_at": "?",
    "closed_at": "?",
}


def update(count: int, at: str, state: str, **changes: str) -> dict[str, str]:
    """One row of a log: update `count`, on a day of March 2016, as `day HH:MM`."""
    day, clock = at.split()
    row = {"sys_mod_count": str(count), "sys_updated_at": f"{day}/3/2016 {clock}", "incident_state": state}
    return {**BASE, "opened_at": "1/3/2016 08:00", **row, **changes}


def as_csv(*rows: dict[str, str], delimiter: str = ",") -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")


class Folder:
    """A book without git, and files beside it."""

    def __init__(self, root: Path) -> None:
        self.root = root / "book"
        (self.root / "records").mkdir(parents=True)
        self.beside = root
        self._made = 0

    def file(self, content: bytes, name: str = "") -> Path:
        self._made += 1
        path = self.beside / (name or f"export-{self._made}.csv")
        path.write_bytes(content)
        return path

    def take(self, *contents: bytes, **choices: object) -> Ledger:
        """Import files with these bytes; times are day first, in UTC, unless told otherwise."""
        files = tuple(self.file(content) for content in contents)
        made = Choices(**{"zone": "UTC", "order": "dmy", "rejects": self.beside / "rejects.csv", **choices})
        tree = WorkingTree(self.root)
        ledger = import_files(tree, read_kinds(tree), files, made)
        assert ledger.read == ledger.imported + ledger.merged + len(ledger.rejected)
        return ledger

    def paths(self) -> list[str]:
        return sorted(str(path.relative_to(self.root)) for path in self.root.rglob("*") if path.is_file())

    def bytes(self) -> dict[str, bytes]:
        return {path: (self.root / path).read_bytes() for path in self.paths()}

    def record(self, number: str = "INC1") -> dict:
        (path,) = self.root.rglob(f"{number}.yaml")
        return source.load(path.read_bytes())

    def events(self, number: str = "INC1") -> list[str]:
        """The timeline in short: `day HH:MM event details`."""
        shown = []
        for event in self.record(number)["timeline"]:
            details = [str(value) for name, value in event.items() if name not in ("at", "event")]
            shown.append(" ".join([event["at"][8:10].lstrip("0"), event["at"][11:16], event["event"], *details]))
        return shown
