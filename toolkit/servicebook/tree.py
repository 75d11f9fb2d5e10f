"""Where bytes come from: the working tree, or any commit, with the blob id of every file."""

import hashlib
import os
import subprocess
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from servicebook import git
from servicebook.disk import FILE, TOO_LARGE, read_file, sort_of, walk
from servicebook.disk import Unreadable as Unreadable  # what a tree raises belongs to what it is
from servicebook.errors import Problem
from servicebook.finding import quote

BOOK: Final = ("records", "schemas", "metrics", "standards", "documents", "servicebook.toml", "people.yaml")
"""What of a repository belongs to its book. Nothing else is ever read."""

_MODES = {"100644": FILE, "100755": FILE, "120000": "symbolic link", "160000": "submodule"}


class Entry(NamedTuple):
    """One file. `blob` is git's id of its bytes, or "" where only reading tells (`blob_id`).

    `sort` is "file" for what can be read; otherwise it says what stands there instead
    ("symbolic link", "submodule", "directory", "special file").
    """

    path: str
    blob: str
    sort: str = FILE


class Tree(Protocol):
    """The files of a book."""

    @property
    def root(self) -> Path:
        """The folder of the book."""

    @property
    def commit(self) -> str | None:
        """The full id of the commit, None for the working tree."""

    def entries(self, folder: str) -> list[Entry]:
        """Every file below a folder of `BOOK` (or the file of that name), sorted by path."""

    def read(self, path: str) -> bytes:
        """The bytes of one file. Raises `Unreadable`."""


def open_tree(root: Path, revision: str | None = None) -> "WorkingTree | CommitTree":
    """The working tree at `root`, or its state at a revision. Raises `Problem`."""
    return WorkingTree(root) if revision is None else CommitTree(root, git.resolve(root, revision))


def blob_id(data: bytes, like: str = "") -> str:
    """The id that git gives to these bytes, in the object format (SHA-1 or SHA-256) of the id `like`."""
    framed = b"blob %d\0%b" % (len(data), data)
    return (hashlib.sha256(framed) if len(like) == 64 else hashlib.sha1(framed, usedforsecurity=False)).hexdigest()


def is_blob(data: bytes, blob: str) -> bool:
    """Whether a file holds what git stores under this id; it may be checked out with CRLF line ends."""
    return blob_id(data, blob) == blob or (b"\r\n" in data and blob_id(data.replace(b"\r\n", b"\n"), blob) == blob)


class WorkingTree:
    """Files on disk. In a git repository the index gives the blob ids of what is unchanged.

    `blind` says, once the entries are known, whether git was told not to look at some of them: then no
    fingerprint tells whether they changed.
    """

    commit: str | None = None
    blind = False

    def __init__(self, root: Path) -> None:
        self.root = root
        self._root = str(root)
        self._asked: tuple[git.Process, ...] = ()
        self._head: git.Process | None = None
        self._listing: tuple[git.Process, ...] = ()

    def begin(self) -> None:
        """Let git look at the files while the caller does something else; the answer is waited for when it is needed.

        Three processes side by side: what differs from the index, what the index does not know, and the last commit.
        """
        if not self._asked and git.folder(self.root) is not None:
            self._asked = (
                git.start(self.root, "diff-files", "-z", "--name-only", "--relative", "--", *BOOK),
                git.start(self.root, "ls-files", "-z", "-o", "--exclude-standard", "--", *BOOK),
            )
            self._head = git.start(self.root, "rev-parse", "--verify", "--quiet", "HEAD")

    def begin_listing(self) -> None:
        """Let git list its index meanwhile: the whole of it is needed only where the fingerprint is not known."""
        if not self._listing:
            self._listing = (git.start(self.root, "ls-files", "-z", "-s", "-v", "--", *BOOK),)

    def entries(self, folder: str) -> list[Entry]:
        return self._by_top.get(folder, [])

    def fingerprint(self) -> str | None:
        """A digest that changes when any file of the book does, or the last commit; None outside a repository, where
        only reading tells.

        The index ends in a checksum of its own, which stands for everything that git holds to be unchanged.
        """
        if self._touched is None:
            return None
        digest = hashlib.sha256()
        index = git.index_checksum(self.root)
        touched = (part for path in self._touched for part in self._content(path))
        for part in (os.fsencode(self._root), self._last_commit, index, *touched):
            digest.update(b"%d:" % len(part))
            digest.update(part)
        return digest.hexdigest()

    def is_as_committed(self) -> bool:
        """Whether the book on disk is that of the last commit: files as in the index, and the index as committed."""
        if self._touched != []:
            return False
        try:
            return not git.run(self.root, "diff-index", "--cached", "--name-only", "-z", "HEAD", "--", *BOOK)
        except git.GitError:  # no commit yet
            return False

    @cached_property
    def _last_commit(self) -> bytes:
        assert self._head is not None
        try:
            return git.finish(self._head)
        except git.GitError:  # none yet
            return b""

    def _content(self, path: str) -> tuple[bytes, bytes]:
        try:
            return os.fsencode(path), hashlib.sha256(self.read(path)).digest()
        except Unreadable as error:
            return os.fsencode(path), str(error).encode()

    @cached_property
    def _by_top(self) -> dict[str, list[Entry]]:
        if self._touched is None:
            return _by_top(sorted(Entry(path, "", sort) for name in BOOK for path, sort in walk(self.root, name)))
        self.begin_listing()
        index = git.finish(self._listing[0])
        # A lower-case tag or S: git was told not to look at the file, so its blob id says nothing of it.
        flagged = [line for line in os.fsdecode(index).split("\0") if line and line[0] != "H"]
        blind = {line.partition("\t")[2] for line in flagged}
        self.blind = bool(blind)
        absent = sum(sort_of(f"{self._root}/{path}") is None for path in blind)
        if absent and any(line[0] == "S" for line in flagged):
            raise Problem(
                f"This is a sparse checkout: {absent} files of the book are not on disk.",
                "Check the whole book out (git sparse-checkout disable), or read a commit with --at HEAD.",
            )
        return _by_top(_entries(self.root, index, blind.union(self._touched)))

    @cached_property
    def _touched(self) -> list[str] | None:
        """The paths of which the index does not tell what they hold; None outside a repository."""
        self.begin()
        if not self._asked:
            return None
        _ = self._last_commit  # whoever asks git for a part waits for the whole
        try:
            names = b"".join(git.finish(process) for process in self._asked)
        except git.GitError as error:
            raise Problem(
                f"git cannot list the files: {quote(str(error))}",
                "See that the repository is whole and yours (git status).",
            ) from None
        return [name.rstrip("/") for name in os.fsdecode(names).split("\0") if name]

    def read(self, path: str) -> bytes:
        return read_file(f"{self._root}/{path}")


def _by_top(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    """Entries by the first part of their path, in the order given."""
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.path.partition("/")[0], []).append(entry)
    return found


def _entries(root: Path, index: bytes, touched: Iterable[str]) -> Iterator[Entry]:
    """The files of a working tree, from what the index says of those that are not touched."""
    entries: dict[str, Entry] = {}
    for line in os.fsdecode(index).split("\0"):
        if line:
            facts, _, path = line.partition("\t")
            _tag, mode, blob, _stage = facts.split(" ")
            entries[path] = Entry(path, blob, _MODES.get(mode, "special file"))
    entries.update((path, Entry(path, "", "")) for path in touched)
    for path in sorted(entries):
        entry = entries[path]
        if not entry.blob:
            sort = sort_of(os.path.join(root, path))
            if sort is None:
                continue
            entry = Entry(path, "", sort)
        yield entry


class CommitTree:
    """Files of one commit, read from git's objects: nothing is checked out, no link followed, no filter run."""

    def __init__(self, root: Path, commit: str) -> None:
        self.root = root
        self.commit: str | None = commit
        self._reader: subprocess.Popen[bytes] | None = None

    def begin(self) -> None:
        """Nothing to wait for: a commit is listed in a moment."""

    def entries(self, folder: str) -> list[Entry]:
        return self._by_top.get(folder, [])

    @cached_property
    def _by_top(self) -> dict[str, list[Entry]]:
        found = []
        for line in git.run(self.root, "ls-tree", "-r", "-z", str(self.commit), "--", *BOOK).split(b"\0"):
            if line:
                facts, _, name = line.partition(b"\t")
                mode, _type, blob = facts.decode("ascii").split(" ")
                found.append(Entry(os.fsdecode(name), blob, _MODES.get(mode, "special file")))
        return _by_top(sorted(found))

    @cached_property
    def _blobs(self) -> dict[str, str]:
        return {entry.path: entry.blob for entries in self._by_top.values() for entry in entries if entry.sort == FILE}

    def read(self, path: str) -> bytes:
        blob = self._blobs.get(path)
        if blob is None:
            raise Unreadable("it is not a file of this commit")
        if self._reader is None:
            self._reader = git.start(self.root, "cat-file", "--batch", stdin=subprocess.PIPE)
        assert self._reader.stdin is not None
        assert self._reader.stdout is not None
        try:
            self._reader.stdin.write(blob.encode("ascii") + b"\n")
            self._reader.stdin.flush()
        except BrokenPipeError:
            raise Problem("git stopped while it was read from.", "Run this again, or see git fsck.") from None
        header = self._reader.stdout.readline().split()
        if len(header) != 3:
            raise Unreadable(
                "git does not have its content; fetch the whole repository (a partial clone leaves some out)"
            )
        size = int(header[2])
        if size > TOO_LARGE:
            while size > 0:
                size -= len(self._reader.stdout.read(min(size, TOO_LARGE)))
            self._reader.stdout.read(1)
            raise Unreadable(f"it is larger than {TOO_LARGE // 1024 // 1024} MiB")
        data = self._reader.stdout.read(size)
        self._reader.stdout.read(1)
        return data

    def close(self) -> None:
        """End the git process that reads objects."""
        if self._reader is not None:
            self._reader.communicate()
            self._reader = None
