"""The commits behind every file, from one pass over git's history.

Which commits count for a file: each commit that gave it bytes that none of its parents had for it, or that
removed it. A merge counts only where its result differs from every side, for otherwise the commit on the side
is the one that brought the bytes. Renames are not guessed: a record's id is its file's name, so another name
is another record. Both sides of a merge are walked (no history is simplified away).
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from servicebook import git
from servicebook.errors import Problem
from servicebook.tree import CommitTree, Tree

YEARS = range(1970, 2201)
"""Those in which a commit can have been made; git takes any number of seconds."""

State = Literal["complete", "shallow", "no-commits", "no-repository"]


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit. `time` is the committer's, in UTC: the claim of the machine that committed, not a proof."""

    id: str
    time: datetime
    subject: str


class Change(NamedTuple):
    """What a commit did to a file: its blob ids before (of a merge one for each side) and after, zeros for none."""

    path: str
    before: tuple[str, ...]
    after: str


@dataclass(frozen=True)
class History:
    """The commits of each file under the folders asked for, newest first, as reached from `head`.

    `state` says how far the answer goes: "complete"; "shallow", where the clone was cut and earlier commits
    cannot be shown; "no-commits" and "no-repository", where git has nothing to say.
    """

    state: State
    head: Commit | None = None
    _commits: Mapping[str, tuple[Commit, ...]] = field(default_factory=dict, repr=False)
    _blobs: Mapping[str, str] = field(default_factory=dict, repr=False)

    def of(self, path: str) -> tuple[Commit, ...]:
        """The commits that brought or changed a file, newest first; none where git does not have it."""
        return self._commits.get(path, ())

    def blob(self, path: str) -> str:
        """The blob id of the file in the head commit; "" where git does not have it."""
        return self._blobs.get(path, "")


def read_history(tree: Tree, *folders: str) -> History:
    """The history of every file below the folders, up to the tree's commit, or HEAD for the working tree."""
    place = git.folder(tree.root)
    if place is None:
        return History("no-repository")
    revision = tree.commit or _head(tree)
    if revision is None:
        return History("no-commits")
    head = _log(tree, "--max-count=1", revision)[0][0]
    commits: dict[str, list[Commit]] = {}
    for commit, changes in _changes(tree, revision, *folders):
        for change in changes:
            commits.setdefault(change.path, []).append(commit)
    shallow = _is_shallow(tree)
    shared = {path: tuple(found) for path, found in commits.items()}
    at_head = CommitTree(tree.root, revision)
    blobs = {entry.path: entry.blob for folder in folders for entry in at_head.entries(folder)}
    return History("shallow" if shallow else "complete", head, shared, blobs)


def read_changes(tree: Tree, *folders: str) -> list[tuple[Commit, list[Change]]] | None:
    """Each commit with the files below the folders that it changed, newest first; None where git does not have all."""
    revision = tree.commit or _head(tree) if git.folder(tree.root) is not None else None
    if revision is None or _is_shallow(tree):
        return None
    return _changes(tree, revision, *folders)


def commit_time(name: bytes, seconds: bytes) -> datetime:
    """The committer time of the commit `name`, as git gives it: seconds since 1970. Raises Problem for another age."""
    try:
        moment = datetime.fromtimestamp(int(seconds), UTC)
        if moment.year not in YEARS:
            raise ValueError
        return moment
    except (ValueError, OverflowError, OSError):
        raise Problem(
            f"The commit {name[:12].decode('ascii')} claims to be made {seconds.decode('ascii')} seconds after 1970.",
            f"That is not between {YEARS[0]} and {YEARS[-1]}: make the commit again with the clock set right.",
        ) from None


def _head(tree: Tree) -> str | None:
    try:
        return git.run(tree.root, "rev-parse", "--verify", "--quiet", "HEAD^{commit}").decode("ascii").strip()
    except git.GitError:
        return None


def _is_shallow(tree: Tree) -> bool:
    return git.run(tree.root, "rev-parse", "--is-shallow-repository").strip() == b"true"


def _changes(tree: Tree, revision: str, *folders: str) -> list[tuple[Commit, list[Change]]]:
    """Each commit with its changes below the folders, newest first."""
    how = ("--raw", "-c", "--no-renames", "--no-abbrev", "--full-history", "--relative")
    return _log(tree, *how, revision, "--", *folders)


def _log(tree: Tree, *arguments: str) -> list[tuple[Commit, list[Change]]]:
    """Each commit with what it changed.

    git's output is a row of fields that end in NUL: a header, then for each changed file the modes and ids
    (after a colon, or several for a merge) and its path.
    """
    out = git.run(tree.root, "log", "-z", "--encoding=UTF-8", "--format=tformat:%H %ct %s", *arguments)
    fields = iter(out.split(b"\0"))
    found: list[tuple[Commit, list[Change]]] = []
    for item in fields:
        text = item.lstrip(b"\n")
        if text.startswith(b":"):
            facts = text.decode("ascii").lstrip(":").split(" ")
            *before, after = facts[len(facts) // 2 : -1]  # as many modes as ids, then a letter for each side
            found[-1][1].append(Change(os.fsdecode(next(fields)), tuple(before), after))
        elif text:
            name, seconds, subject = text.split(b" ", 2)
            time = commit_time(name, seconds)
            found.append((Commit(name.decode("ascii"), time, subject.decode("utf-8", "replace")), []))
    return found
