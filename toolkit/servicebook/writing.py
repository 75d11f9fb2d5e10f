"""The only module that writes files of a book: new ones, changed ones, and other names for them.

A file appears or changes at once or not at all: bytes go to a temporary file in the same folder, to the
disk, and only then take the name. A new file never takes a name that is in use. What the strict reader
would not give back unchanged is not written, and nothing is written outside the book or among git's files.
"""

import errno
import fcntl
import os
import secrets
import stat
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any, Final

from servicebook.editing import Change, edited
from servicebook.errors import Problem
from servicebook.finding import quote
from servicebook.kinds import FOLDER, SUFFIX, Kind
from servicebook.layout import arrange, text_of

RECORDS: Final = "records"
ID_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # without i, l, o, 0 and 1, which are misread
TEMPORARY: Final = ".sb-"
_WRITTEN: Final = (RECORDS, FOLDER, "documents", ".github", ".vscode")
_FULL: Final = "Free some space, and run this again: nothing half-written is left."


def new_id(prefix: str, day: date, taken: Container[str], choose: Callable[[str], str] = secrets.choice) -> str:
    """An id that needs nobody's leave: prefix, date and four random characters (INC-20260304-k7q2)."""
    while True:
        made = f"{prefix}-{day:%Y%m%d}-{''.join(choose(ID_LETTERS) for _ in range(4))}"
        if made not in taken:
            return made


def modeline(path: str, kind: Kind) -> str:
    """The comment by which an editor finds the schema, for a record at a path of the book."""
    up = "../" * path.count("/")
    return f"# yaml-language-server: $schema={up}{FOLDER}/{kind.name}{SUFFIX}"


def record_text(path: str, kind: Kind, data: Mapping[str, Any]) -> bytes:
    """The canonical bytes of a record that stands at `path`. Raises Problem for what a record cannot hold."""
    return text_of(arrange(data, kind), heading=modeline(path, kind))


def create(root: Path, path: str, text: bytes, *, flush: bool = True) -> None:
    """A new file at `path` below `root`. Raises Problem where something stands there already.

    `flush=False` leaves it to the caller to call `flush_all` after the last of many.
    """
    place = _place(root, path)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with _temporary(place, text, 0o666, flush) as temporary:
            _link(temporary, place, text)
        if flush:
            _flush_folder(place.parent)
    except FileExistsError:
        raise Problem(f"{path} exists already.", "Choose another id, or change that record.") from None
    except OSError as error:
        raise _cannot_write(path, error) from None


def replace(root: Path, path: str, text: bytes, *, flush: bool = True) -> None:
    """Other bytes for a file that exists; its permissions stay. Raises Problem, and then the file is as before."""
    place = _place(root, path)
    try:
        before = os.lstat(place)
        if not stat.S_ISREG(before.st_mode):
            raise Problem(f"{path} is not a regular file.", "Put a plain file there.")
        with _temporary(place, text, stat.S_IMODE(before.st_mode), flush) as temporary:
            temporary.replace(place)
        if flush:
            _flush_folder(place.parent)
    except OSError as error:
        raise _cannot_write(path, error) from None


def update(root: Path, path: str, change: Change) -> bool:
    """A record changed in place, its comments and layout kept; whether that made a difference.

    `change` is as `editing.edited` has it. Raises Problem where the file is no record, or where the changed
    document does not read back as the changed data.
    """
    return rewrite(root, path, lambda before: edited(before, change, path))


def rewrite(root: Path, path: str, edit: Callable[[bytes], bytes]) -> bool:
    """Other bytes for a file, made from those that it has; whether that made a difference.

    Two commands that change files of one folder come one after the other, so neither loses what the other did.
    """
    place = _place(root, path)
    with _alone(place.parent):
        try:
            before = place.read_bytes()
        except OSError as error:
            raise Problem(f"{path} cannot be read: {_reason(error)}.", "Check the path.") from None
        after = edit(before)
        if after == before:
            return False
        replace(root, path, after)
        return True


def rename(root: Path, path: str, new: str) -> None:
    """Another name for a file, one that nothing has. Raises Problem, and then the file is where it was.

    A run that was killed may have given the second name and not yet taken the first: that is completed.
    """
    place, goal = _place(root, path), _place(root, new)
    try:
        if not os.path.lexists(goal):
            _second_name(place, goal, new)
        elif not goal.samefile(place):
            raise Problem(f"{new} exists already.", "Choose another id.")
        if place.lstat().st_nlink > 1:
            place.unlink()
        else:  # no hard links here, or capitals make no difference
            place.rename(goal)
        _flush_folder(place.parent)
    except OSError as error:
        raise _cannot_write(new, error) from None


def flush_all() -> None:
    """Everything written so far goes to the disk."""
    if hasattr(os, "sync"):
        os.sync()


def sweep(root: Path) -> None:
    """Temporary files that a killed run left in the book are removed; those that another run is writing stay."""
    folders = [str(root), *(folder for name in _WRITTEN for folder, _, _ in os.walk(root / name))]
    for folder in folders:
        with suppress(OSError):
            for name in os.listdir(folder):
                if name.startswith(TEMPORARY) and name.endswith(".tmp"):
                    _remove_abandoned(os.path.join(folder, name))


def _remove_abandoned(path: str) -> None:
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)  # whoever writes it holds it; the dead hold nothing
        os.unlink(path)  # noqa: PTH108 — beside the other calls that take a path as text
    finally:
        os.close(handle)


def _place(root: Path, path: str) -> Path:
    """Where a path of the book lies on disk. No link may lead it out of the book, and none of git's files is meant."""
    place = root / path
    if any(step in ("", ".", "..") or step.casefold() == ".git" for step in path.split("/")):
        raise Problem(f"{quote(path)} is no path of a book.", "Name a file below the folder of the book.")
    if not place.parent.resolve().is_relative_to(root.resolve()):
        raise Problem(f"{path} leads out of the book.", "Replace the symbolic link in that path by a folder.")
    return place


@contextmanager
def _temporary(place: Path, text: bytes, mode: int, flush: bool) -> Iterator[Path]:
    """A finished file beside the place where it is to be; what is left of it afterwards is removed."""
    temporary, handle = _new_temporary(place.parent, mode)
    try:
        with os.fdopen(os.dup(handle), "wb") as file:
            file.write(text)
            file.flush()
            if flush:
                os.fsync(file.fileno())
        yield temporary
    finally:
        try:
            temporary.unlink(missing_ok=True)
        finally:
            os.close(handle)  # and with it goes the lock that keeps `sweep` away


def _new_temporary(folder: Path, mode: int) -> tuple[Path, int]:
    while True:
        temporary = folder / f"{TEMPORARY}{secrets.token_hex(4)}.tmp"
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with suppress(OSError):  # not every file system has locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_nlink:
            return temporary, handle
        os.close(handle)  # swept away before it was locked


def _link(temporary: Path, place: Path, text: bytes) -> None:
    """The finished file takes a name that nobody has. Raises FileExistsError."""
    try:
        os.link(temporary, place)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: claim the name first, then fill it
        with place.open("xb") as file:
            try:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            except OSError:
                place.unlink(missing_ok=True)
                raise


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """No other command of ours changes a file of the folder meanwhile. A killed one holds nobody up."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise Problem(f"{folder} cannot be read: {_reason(error)}.", "See who may read it.") from None
    try:
        with suppress(OSError):  # not every file system has locks
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _second_name(place: Path, goal: Path, new: str) -> None:
    try:
        os.link(place, goal, follow_symlinks=False)
    except FileExistsError:
        raise Problem(f"{new} exists already.", "Choose another id.") from None
    except OSError:
        pass  # a file system without hard links: the caller finds but one name


def _flush_folder(folder: Path) -> None:
    with suppress(OSError):  # not every system lets a folder be opened
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _cannot_write(path: str, error: OSError) -> Problem:
    hint = _FULL if error.errno == errno.ENOSPC else "See who may write there, and run this again."
    return Problem(f"{path} cannot be written: {_reason(error)}.", hint)


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
