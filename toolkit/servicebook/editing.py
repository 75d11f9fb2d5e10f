"""The bytes of a record, changed with its comments and layout kept. Every change is proved by reading it back."""

import io
from collections.abc import Callable, Mapping, MutableMapping, Sequence
from typing import Any

from servicebook import source
from servicebook.errors import Problem
from servicebook.layout import is_block, reads_as_text, text_of
from servicebook.positions import locate
from servicebook.source import Pointer

Change = Callable[[MutableMapping[str, Any]], None]
"""Edits the data of a record in place."""


def edited(before: bytes, change: Change, path: str) -> bytes:
    """The bytes of a record after a change, comments and layout kept.

    `change` is called twice, once on plain data and once on the document with its comments, and must do the
    same to both. Raises Problem where the bytes are no record, or where the changed document does not read
    back as the changed data. `path` is for messages.
    """
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


def with_item(before: bytes, name: str, place: int, item: Mapping[str, Any], path: str) -> bytes:
    """The bytes of a record with one item more at `place` of the list in the field `name`.

    Where that list is laid out in lines, every other byte stays as it is. Raises Problem as `edited` does.
    """

    def insert(data: MutableMapping[str, Any]) -> None:
        data.setdefault(name, []).insert(place, dict(item))

    try:
        wanted = source.load(before)
        insert(wanted)
        after = _with_lines(before, name, place, item)
        if after is not None and source.load(after) == wanted:
            return after
    except source.Refused:
        pass  # `edited` says what is wrong with the file, or finds another way
    return edited(before, insert, path)


def with_text(before: bytes, pointers: Sequence[Pointer], old: str, new: str, path: str) -> bytes:
    """The bytes of a record with a text replaced by another, one as plain as it, at each of these places.

    Every other byte stays as it is where the text stands there as such. Raises Problem as `edited` does, and
    where another text stands there.
    """

    def exchange(data: MutableMapping[str, Any]) -> None:
        for pointer in pointers:
            holder: Any = data
            for step in pointer[:-1]:
                holder = holder[step]
            if holder[pointer[-1]] != old:
                raise Problem(f"{path} was changed meanwhile.", "Run this again.")
            holder[pointer[-1]] = new

    try:
        wanted = source.load(before)
        exchange(wanted)
        lines = before.decode("utf-8").split("\n")
        positions = locate(before)
        for row, column in sorted(map(positions.of_value, pointers), reverse=True):
            line = lines[row - 1]
            lines[row - 1] = line[: column - 1] + line[column - 1 :].replace(old, new, 1)
        after = "\n".join(lines).encode("utf-8")
        if source.load(after) == wanted:
            return after
    except source.Refused:
        pass  # as above
    return edited(before, exchange, path)


def _with_lines(before: bytes, name: str, place: int, item: Mapping[str, Any]) -> bytes | None:
    """The bytes with the lines of an item put between those of the list; None where it has no lines of its own."""
    lines = before.decode("utf-8").split("\n")
    positions = locate(before)
    row, column = positions.of_value((name,))
    if lines[row - 1][column - 1 : column + 1] != "- ":
        return None
    indent = column - 1
    at = positions.of_value((name, place))[0] - 1
    if place == len(source.load(before)[name]):
        at = _end(lines, positions.of_value((name, place - 1))[0], indent)
    else:
        while lines[at - 1].lstrip().startswith("#") and _indent(lines[at - 1]) <= indent:
            at -= 1  # what stands above an item speaks of it
    end = "\r" if lines[0].endswith("\r") else ""
    added = [line[2:] for line in text_of({name: [item]}).decode("utf-8").splitlines()[1:]]
    lines[at:at] = [" " * indent + line + end if line else end for line in added]
    return "\n".join(lines).encode("utf-8")


def _end(lines: list[str], row: int, indent: int) -> int:
    """The number of lines up to the end of the item that begins in line `row`, the last of a list indented so."""
    last = row
    for number in range(row, len(lines)):
        line = lines[number].rstrip("\r")
        comment = line.lstrip().startswith("#") and _indent(line) == indent > 0
        if line.strip() and _indent(line) <= indent and not comment:
            break
        if line.strip():
            last = number + 1
    return last


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


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
