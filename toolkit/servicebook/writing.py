"""The only module that writes records: new ones whole, changed ones with their comments kept.

A file appears or changes at once or not at all: bytes go to a temporary file in the same folder, to the
disk, and only then take the name. A new record never takes a name that is in use. What the strict reader
would not give back unchanged is not written.
"""

import errno
import io
import os
import secrets
import stat
import time
from collections.abc import Callable, Container, Mapping, MutableMapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, Final

from servicebook import source
from servicebook.errors import Problem
from servicebook.kinds import FOLDER, SUFFIX, Kind
from servicebook.layout import arrange, is_block, reads_as_text, text_of

RECORDS: Final = "records"
ID_LETTERS: Final = "abcdefghjkmnpqrstuvwxyz23456789"  # without i, l, o, 0 and 1, which are misread
TEMPORARY: Final = ".sb-"
_ABANDONED_AFTER: Final = 3600  # seconds; a temporary file of that age belongs to nobody
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
        temporary = _temporary(place, text, 0o666, flush)
        try:
            _link(temporary, place, text)
        finally:
            temporary.unlink(missing_ok=True)
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
        temporary = _temporary(place, text, stat.S_IMODE(before.st_mode), flush)
        try:
            temporary.replace(place)
        finally:
            temporary.unlink(missing_ok=True)
        if flush:
            _flush_folder(place.parent)
    except OSError as error:
        raise _cannot_write(path, error) from None


def update(root: Path, path: str, change: Callable[[MutableMapping[str, Any]], None]) -> bool:
    """A record changed in place, its comments and layout kept; whether that made a difference.

    `change` edits a mapping; it is called twice, once on plain data and once on the document with its
    comments, and must do the same to both. Raises Problem where the file is no record, or where the
    changed document does not read back as the changed data.
    """
    place = _place(root, path)
    try:
        before = place.read_bytes()
    except OSError as error:
        raise Problem(f"{path} cannot be read: {_reason(error)}.") from None
    after = edited(before, change, path)
    if after == before:
        return False
    replace(root, path, after)
    return True


def edited(before: bytes, change: Callable[[MutableMapping[str, Any]], None], path: str) -> bytes:
    """The bytes of a record after a change, comments and layout kept; see `update`."""
    from ruamel.yaml.error import YAMLError

    try:
        data = source.load(before)
        change(data)
        yaml = _round_trip()
        document = yaml.load(before.decode("utf-8-sig"))
        _restyle(document, _as_it_stands)
        change(document)
        _restyle(document, _as_laid_out)
        written = io.BytesIO()
        yaml.dump(document, written)
        after = written.getvalue()
        same = source.load(after) == data
    except source.Refused as error:
        raise Problem(f"{path}, line {error.line}: {error.message}", error.hint) from None
    except YAMLError:
        same = False
    if not same:
        raise Problem(f"{path} cannot be changed without changing other values in it.", "Make the change by hand.")
    return after


def flush_all() -> None:
    """Everything written so far goes to the disk."""
    if hasattr(os, "sync"):
        os.sync()


def sweep(root: Path) -> None:
    """Temporary files that a killed run left under records/ are removed."""
    for leftover in (root / RECORDS).rglob(f"{TEMPORARY}*.tmp"):
        with suppress(OSError):
            if time.time() - leftover.lstat().st_mtime > _ABANDONED_AFTER:
                leftover.unlink()


def _place(root: Path, path: str) -> Path:
    """Where a path of the book lies on disk. No link may lead it out of the book."""
    place = root / path
    if not place.parent.resolve().is_relative_to(root.resolve()):
        raise Problem(f"{path} leads out of the book.", "Replace the symbolic link in that path by a folder.")
    return place


def _temporary(place: Path, text: bytes, mode: int, flush: bool) -> Path:
    temporary = place.parent / f"{TEMPORARY}{secrets.token_hex(4)}.tmp"
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text)
            file.flush()
            if flush:
                os.fsync(file.fileno())
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


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


def _round_trip() -> Any:
    from ruamel.yaml import YAML
    from ruamel.yaml.resolver import VersionedResolver

    class TimesAreText(VersionedResolver):
        """YAML 1.2 core types, as the strict reader has them: a date or a time is text."""

        def add_version_implicit_resolver(self, version: Any, tag: Any, regexp: Any, first: Any) -> None:
            if not str(tag).endswith((":timestamp", ":merge", ":value")):
                super().add_version_implicit_resolver(version, tag, regexp, first)

    yaml = YAML()
    yaml.Resolver = TimesAreText
    yaml.preserve_quotes = True
    yaml.width = 1_000_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _restyle(node: Any, style: Callable[[str], Any]) -> None:
    """Every text in the document that has no layout of its own yet is given one."""
    for key, value in list(node.items() if isinstance(node, dict) else enumerate(node)):
        if type(value) is str:
            node[key] = style(value)
        elif isinstance(value, (dict, list)):
            _restyle(value, style)


def _as_it_stands(value: str) -> Any:
    """Text that stood there without quotation marks keeps doing so."""
    from ruamel.yaml.scalarstring import PlainScalarString

    return PlainScalarString(value)


def _as_laid_out(value: str) -> Any:
    """Text that a change brought in looks as `layout` has it."""
    from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

    if is_block(value):
        return LiteralScalarString(value)
    return value if reads_as_text(value) else DoubleQuotedScalarString(value)
