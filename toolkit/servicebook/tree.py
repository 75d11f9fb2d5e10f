"""Where bytes come from: the working tree, or any commit, with the blob id of every file."""

import hashlib
import os
import stat
import subprocess
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from servicebook import git
from servicebook.errors import Problem
from servicebook.finding import quote

TOO_LARGE = 64 * 1024 * 1024

BOOK: Final = ("records", "schemas", "metrics", "servicebook.toml")
"""What of a repository belongs to its book. Nothing else is ever read."""

_FILE = "file"
_MODES = {"100644": _FILE, "100755": _FILE, "120000": "symbolic link", "160000": "submodule"}


class Entry(NamedTuple):
    """One file. `blob` is git's id of its bytes, or "" where only reading tells (`blob_id`).

    `sort` is "file" for what can be read; otherwise it says what stands there instead
    ("symbolic link", "submodule", "directory", "special file").
    """

    path: str
    blob: str
    sort: str = _FILE


class Unreadable(Exception):
    """A file that cannot be read; the text says why, as the end of a sentence."""


class Tree(Protocol):
    """The files of a book."""

    @property
    def root(self) -> Path:
        """The folder of the book."""

    @property
    def commit(self) -> str | None:
        """The full id of the commit, None for the working tree."""

    def entries(self, folder: str) -> list[Entry]:
        """Every file below a folder of the book (or the file of that name), sorted by path."""

    def read(self, path: str) -> bytes:
        """The bytes of one file. Raises `Unreadable`."""


def open_tree(root: Path, revision: str | None = None) -> "WorkingTree | CommitTree":
    """The working tree at `root`, or its state at a revision. Raises `Problem`."""
    return WorkingTree(root) if revision is None else CommitTree(root, git.resolve(root, revision))


def blob_id(data: bytes) -> str:
    """The id that git gives to these bytes (SHA-1 object format)."""
    return hashlib.sha1(b"blob %d\0%b" % (len(data), data), usedforsecurity=False).hexdigest()


class WorkingTree:
    """Files on disk. In a git repository the index gives the blob ids of what is unchanged."""

    commit: str | None = None

    def __init__(self, root: Path) -> None:
        self.root = root
        self._root = str(root)
        self._asked: tuple[git.Process, git.Process] | None = None

    def entries(self, folder: str) -> list[Entry]:
        return _below(self._entries, folder)

    def begin(self) -> None:
        """Let git look at the files while the caller does something else; `state` waits for its answer."""
        if self._asked is None and git.folder(self.root) is not None:
            index = git.start(self.root, "ls-files", "-z", "-s", "-v", "--", *BOOK)
            changed = git.start(self.root, "ls-files", "-z", "-t", "-m", "-d", "-o", "--exclude-standard", "--", *BOOK)
            self._asked = index, changed

    @cached_property
    def _entries(self) -> list[Entry]:
        if self.state is None:
            return sorted(Entry(path, "", sort) for name in BOOK for path, sort in _walk(self.root, name))
        return list(_parse_state(self.root, *self.state))

    @cached_property
    def state(self) -> tuple[bytes, bytes] | None:
        """What git knows of the book, unparsed: its index, and what differs from it; None outside a repository.

        Two processes side by side, since each looks at every file.
        """
        self.begin()
        if self._asked is None:
            return None
        index, changed = self._asked
        try:
            return git.finish(index), git.finish(changed)
        except git.GitError as error:
            raise Problem(
                f"git cannot list the files: {quote(str(error))}",
                "See that the repository is whole and yours (git status).",
            ) from None

    def read(self, path: str) -> bytes:
        return _read(f"{self._root}/{path}")


def _below(entries: list[Entry], folder: str) -> list[Entry]:
    return [entry for entry in entries if entry.path.startswith(folder + "/") or entry.path == folder]


def _parse_state(root: Path, index: bytes, changed: bytes) -> Iterator[Entry]:
    entries: dict[str, Entry] = {}
    for line in index.split(b"\0"):
        if not line:
            continue
        facts, _, name = line.partition(b"\t")
        tag, mode, blob, _stage = facts.decode("ascii").split(" ")
        path = os.fsdecode(name)
        # A lower-case tag or S: git was told not to look at the file, so its blob id says nothing of it.
        entries[path] = Entry(path, blob if tag == "H" else "", _MODES.get(mode, "special file"))
    for line in changed.split(b"\0"):
        if line:
            path = os.fsdecode(line[2:]).rstrip("/")
            entries[path] = Entry(path, "", "")
    for path in sorted(entries):
        entry = entries[path]
        if not entry.blob:
            sort = _sort(os.path.join(root, path))
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

    def entries(self, folder: str) -> list[Entry]:
        return _below(self._entries, folder)

    @cached_property
    def _entries(self) -> list[Entry]:
        found = []
        for line in git.run(self.root, "ls-tree", "-r", "-z", str(self.commit), "--", *BOOK).split(b"\0"):
            if line:
                facts, _, name = line.partition(b"\t")
                mode, _type, blob = facts.decode("ascii").split(" ")
                found.append(Entry(os.fsdecode(name), blob, _MODES.get(mode, "special file")))
        return sorted(found)

    @cached_property
    def _blobs(self) -> dict[str, str]:
        return {entry.path: entry.blob for entry in self._entries if entry.sort == _FILE}

    def read(self, path: str) -> bytes:
        blob = self._blobs.get(path)
        if blob is None:
            raise Unreadable("it is not a file of this commit")
        if self._reader is None:
            self._reader = git.start(self.root, "cat-file", "--batch", stdin=subprocess.PIPE)
        assert self._reader.stdin is not None
        assert self._reader.stdout is not None
        self._reader.stdin.write(blob.encode("ascii") + b"\n")
        self._reader.stdin.flush()
        header = self._reader.stdout.readline().split()
        if len(header) != 3:
            raise Unreadable(
                "git does not have its content; fetch the whole repository (a partial clone leaves some out)"
            )
        data = self._reader.stdout.read(int(header[2]))
        self._reader.stdout.read(1)
        return data

    def close(self) -> None:
        """End the git process that reads objects."""
        if self._reader is not None:
            self._reader.communicate()
            self._reader = None


def _read(path: str) -> bytes:
    try:
        # Not through a link, and without waiting for the other end of a pipe.
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise Unreadable(_reason(error)) from None
    try:
        facts = os.fstat(handle)
        if not stat.S_ISREG(facts.st_mode):
            raise Unreadable("it is not a regular file")
        if facts.st_size > TOO_LARGE:
            raise Unreadable(f"it is larger than {TOO_LARGE // 1024 // 1024} MiB")
        data = os.read(handle, facts.st_size + 1)
        while len(data) != facts.st_size and (more := os.read(handle, TOO_LARGE)):  # it changes as we read
            data += more
        return data
    except OSError as error:
        raise Unreadable(_reason(error)) from None
    finally:
        os.close(handle)


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()


def _sort(path: str) -> str | None:
    """What stands at a path, None where nothing does."""
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        return None
    if stat.S_ISREG(mode):
        return _FILE
    if stat.S_ISLNK(mode):
        return "symbolic link"
    return "directory" if stat.S_ISDIR(mode) else "special file"


def _walk(root: Path, folder: str) -> Iterator[tuple[str, str]]:
    sort = _sort(os.path.join(root, folder))
    if sort is None:
        return
    if sort != "directory":
        yield folder, sort
        return
    pending: list[str] = [folder]
    while pending:
        place = pending.pop()
        names: Sequence[str] = sorted(os.listdir(os.path.join(root, place)))
        for name in names:
            path = f"{place}/{name}"
            sort = _sort(os.path.join(root, path))
            if sort == "directory" and name != ".git":
                pending.append(path)
            elif sort is not None:
                yield path, sort
