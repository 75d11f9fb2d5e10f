"""How often the due date of an action was moved, by git's history of the file that it stands in.

What counts is each commit that gave an action (by its number in the record) another due date than it had before, or
took the date away; a first date is none. A merge counts only where its result differs from every side, as in
`history`. A file that differs from the commit counts as one commit more.

As of an instant only commits up to it count, by committer time. What is not committed has no time of its own: it came
after the last commit of its file, so it counts where that does.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from servicebook import git
from servicebook.provenance.history import Change, read_changes
from servicebook.record import Record
from servicebook.source import Refused, load
from servicebook.tree import Tree

Dates = Mapping[str, Any]
"""Due dates as written, by the number of the action."""


@dataclass(frozen=True)
class Moves:
    """How often the due dates in the records of some folders were moved, as far as git's history tells."""

    _counts: Mapping[tuple[str, str], int] = field(default_factory=dict)
    _at_head: Mapping[str, Dates] = field(default_factory=dict)
    _later: frozenset[str] = frozenset()

    def of(self, record: Record, action: str | None) -> int | None:
        """The moves of one action. None where git cannot say: its record was never committed, the clone is shallow."""
        dates = self._at_head.get(record.path)
        if dates is None or action is None:
            return None
        counted = self._counts.get((record.path, action), 0)
        return counted + (record.path not in self._later and _moved(action, [dates], due_dates(record.data)))


def read_moves(tree: Tree, as_of: datetime, *folders: str) -> Moves:
    """The moves by `as_of` in every file below the folders, up to the tree's commit, or HEAD for the working tree."""
    commits = read_changes(tree, *folders)
    if commits is None:
        return Moves()
    changes = [
        (commit.time, change) for commit, found in commits for change in found if change.path.endswith(".yaml")
    ]  # newest first
    dates = _dates(tree.root, [change for _, change in changes])
    counts: Counter[tuple[str, str]] = Counter()
    heads: dict[str, Dates] = {}
    later = set()
    for time, change in changes:
        after = dates.get(change.after, {})
        heads.setdefault(change.path, after)
        if time > as_of:
            later.add(change.path)
            continue
        before = [dates.get(blob, {}) for blob in change.before]
        for action in {name for known in before for name in known}:
            counts[change.path, action] += _moved(action, before, after)
    return Moves(counts, heads, frozenset(later))


def due_dates(data: Mapping[str, Any]) -> Dates:
    """The due dates of a record's actions."""
    actions = data.get("actions")
    listed = [action for action in actions if isinstance(action, dict)] if isinstance(actions, list) else []
    return {str(action.get("id")): action["due"] for action in listed if "due" in action}


def _moved(action: str, before: Iterable[Dates], after: Dates) -> bool:
    """Whether an action had a date on every side, and none of them is the date that it has now."""
    return all(action in dates and dates[action] != after.get(action) for dates in before)


def _dates(root: Path, changes: Iterable[Change]) -> dict[str, Dates]:
    """The due dates in each version of the files, by blob id. One git process reads them all."""
    blobs = sorted({blob for change in changes for blob in (*change.before, change.after) if blob.strip("0")})
    if not blobs:
        return {}
    out = git.answer(root, "\n".join((*blobs, "")).encode("ascii"), "cat-file", "--batch")
    found: dict[str, Dates] = {}
    at = 0
    for blob in blobs:
        end = out.index(b"\n", at)
        header, at = out[at:end].split(), end + 1
        if len(header) == 3:  # a partial clone may lack it
            size = int(header[2])
            found[blob] = _read(out[at : at + size])
            at += size + 1
    return found


def _read(source: bytes) -> Dates:
    if b"due:" not in source:
        return {}
    try:
        return due_dates(load(source))
    except Refused:  # once it was no record
        return {}
