"""Files on a disk, as they stand: no link is followed, no pipe waited for, nothing read that is too large."""

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

TOO_LARGE: Final = 64 * 1024 * 1024
"""Bytes, from which on a file is not read."""

FILE: Final = "file"
"""The sort of what can be read."""


class Unreadable(Exception):
    """A file that cannot be read; the text says why, as the end of a sentence."""


def read_file(path: str) -> bytes:
    """The bytes of a plain file, reached through no link at its end. Raises `Unreadable`."""
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


def sort_of(path: str) -> str | None:
    """What stands at a path, in the words that `Entry.sort` has; None where nothing does."""
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        return None
    if stat.S_ISREG(mode):
        return FILE
    if stat.S_ISLNK(mode):
        return "symbolic link"
    return "directory" if stat.S_ISDIR(mode) else "special file"


def walk(root: Path, folder: str) -> Iterator[tuple[str, str]]:
    """Path and sort of everything below a folder (or of the file of that name) that is no folder itself.

    A folder named .git is given as one, and not entered.
    """
    sort = sort_of(os.path.join(root, folder))
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
            sort = sort_of(os.path.join(root, path))
            if sort == "directory" and name != ".git":
                pending.append(path)
            elif sort is not None:
                yield path, sort
