"""Data → the canonical text of a record: block YAML that every reader takes for the same values.

Text that some YAML reader would take for a number, a truth value, a date or nothing is quoted, also where
our own dialect would not need it: a record means the same to other tools. Text of several lines, or of one
long line, is a literal block. What its writer put between brackets on one line stays so where it is short
(`InlineMapping`, `InlineList`). The result is read back with the strict reader before anyone gets to see it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from servicebook import source
from servicebook.errors import Problem
from servicebook.finding import inert_line, quote
from servicebook.kinds import Kind

LONGEST_LINE: Final = 100
INDENT: Final = "  "

# Words that YAML 1.1 or 1.2 reads as something else than text.
_OTHER_THAN_TEXT: Final = frozenset({"", "null", "true", "false", "yes", "no", "on", "off", "y", "n"})
# Begins with a letter, so it can be neither a number, a date nor an indicator.
_PLAIN = re.compile(r"[^\W\d_][^\n\t]*")
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r", "\ufeff": "\\uFEFF"}


class InlineMapping(dict[str, Any]):
    """A mapping that is written between braces, on the line of its field."""


class InlineList(list[Any]):
    """A list that is written between brackets, on the line of its field."""


def text_of(data: Mapping[str, Any], *, heading: str = "") -> bytes:
    """The canonical bytes of a record: `heading` (comment lines) and the fields in the order given.

    Raises Problem for data that a record cannot hold: endless or over-long numbers, characters that cannot
    be seen, values that are neither text, number, truth value, list nor mapping.
    """
    lines = [*heading.splitlines(), *_mapping(data)]
    written = ("\n".join(lines) + "\n").encode("utf-8", "surrogatepass")
    name = quote(data.get("id", ""))
    try:
        back = source.load(written)
    except source.Refused as error:
        raise Problem(f"The record {name} cannot be written: {error.message}", error.hint) from None
    if back != data:
        raise Problem(f"The record {name} cannot be written so that it reads back the same.", _different(data, back))
    return written


def arrange(data: Mapping[str, Any], kind: Kind) -> dict[str, Any]:
    """The data with the keys of every mapping in the order of the kind's schema; others after them, as given."""
    return dict(_arranged(data, kind.schema, kind))


def reads_as_text(text: str) -> bool:
    """Whether text may stand without quotation marks, on one line, for every YAML reader."""
    return (
        _PLAIN.fullmatch(text) is not None
        and text.isprintable()
        and ": " not in text
        and " #" not in text
        and text[-1] not in ": "
        and text.lower() not in _OTHER_THAN_TEXT
    )


def is_block(text: str) -> bool:
    """Whether text is written as a literal block: several lines, or one long one."""
    if "\n" not in text and len(text) <= LONGEST_LINE:
        return False
    lines = text.removesuffix("\n").split("\n")
    return (
        lines[0][:1] not in ("", " ", "\t")  # else the block would need an indentation indicator
        and lines[-1].strip() != ""  # else the block's end would be ambiguous
        and all(line.replace("\t", "").isprintable() for line in lines)
    )


def _arranged(value: Any, schema: Mapping[str, Any], kind: Kind) -> Any:
    if isinstance(value, Mapping):
        ranks = {name: rank for rank, name in enumerate(kind.resolve(schema).get("properties", {}))}
        names = sorted(value, key=lambda name: ranks.get(name, len(ranks)))
        arranged = {name: _arranged(value[name], kind.child(schema, name), kind) for name in names}
        return InlineMapping(arranged) if isinstance(value, InlineMapping) else arranged
    if isinstance(value, list):
        inner = kind.child(schema, 0)
        items = [_arranged(item, inner, kind) for item in value]
        return InlineList(items) if isinstance(value, InlineList) else items
    return value


def _mapping(data: Mapping[str, Any]) -> Iterator[str]:
    for name, value in data.items():
        if not isinstance(name, str):
            raise Problem(f"The field name {quote(name)} is not text.", "Field names are words.")
        key = scalar(name)
        if (inline := _inline(value)) is not None:
            yield f"{key}: {inline}"
        elif isinstance(value, Mapping) and value:
            yield f"{key}:"
            yield from _indented(_mapping(value))
        elif _is_list(value) and value:
            yield f"{key}:"
            yield from _indented(_sequence(value))
        else:
            first, *rest = _leaf(value)
            yield f"{key}: {first}"
            yield from rest


def _sequence(items: Sequence[Any]) -> Iterator[str]:
    for item in items:
        if (inline := _inline(item)) is not None:
            yield f"- {inline}"
            continue
        if isinstance(item, Mapping) and item:
            lines = list(_mapping(item))
        elif _is_list(item) and item:
            lines = list(_sequence(item))
        else:
            lines = _leaf(item)
        yield f"- {lines[0]}"
        yield from lines[1:] if _is_leaf(item) else _indented(lines[1:])


def _inline(value: object) -> str | None:
    """What is to stand between brackets, with them; None for all else, and where it is too long for a line."""
    if not value or not isinstance(value, InlineMapping | InlineList):
        return None
    written = _between_brackets(value)
    return written if written is not None and len(written) <= LONGEST_LINE else None


def _between_brackets(value: object) -> str | None:
    if value and isinstance(value, Mapping):
        named = [(_plain_or_quoted(str(name)), _between_brackets(inner)) for name, inner in value.items()]
        return None if None in dict(named).values() else "{" + ", ".join(f"{key}: {text}" for key, text in named) + "}"
    if value and _is_list(value):
        items = [_between_brackets(inner) for inner in value]  # type: ignore[attr-defined]
        return None if None in items else "[" + ", ".join(map(str, items)) + "]"
    if isinstance(value, str):
        return None if is_block(value) else _plain_or_quoted(value)
    return _leaf(value)[0]


def _plain_or_quoted(text: str) -> str:
    """Text between brackets, where a comma or a bracket would end it."""
    return scalar(text) if not set(text) & set(",[]{}") else _quoted(text)


def _indented(lines: Iterator[str] | list[str]) -> Iterator[str]:
    return (INDENT + line if line else line for line in lines)


def _is_list(value: object) -> bool:
    return isinstance(value, (list, tuple))


def _is_leaf(value: object) -> bool:
    return not value or not isinstance(value, (Mapping, list, tuple))


def _leaf(value: object) -> list[str]:
    """A value that holds no others: its first line, and for a block the indented lines after it."""
    if isinstance(value, str):
        if is_block(value):
            body = value.removesuffix("\n")
            return ["|" if value.endswith("\n") else "|-", *_indented(body.split("\n"))]
        return [scalar(value)]
    if value is None or isinstance(value, bool):
        return [{None: "null", True: "true", False: "false"}[value]]
    if isinstance(value, (int, float)):
        return [repr(value)]
    if isinstance(value, Mapping):
        return ["{}"]
    if isinstance(value, (list, tuple)):
        return ["[]"]
    sort = type(value).__name__
    raise Problem(f"The value {quote(value)} is a {sort}, which a record cannot hold.", "Write it as text.")


def scalar(text: str) -> str:
    """Text of one line as it stands in a record: in quotation marks where it needs them."""
    if reads_as_text(text):
        return text
    return _quoted(text)


def _quoted(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(character, character) for character in text) + '"'


def _different(data: Mapping[str, Any], back: Mapping[str, Any]) -> str:
    names = [name for name in data if name not in back or back[name] != data[name]]
    return f"Look at {inert_line(', '.join(map(str, names[:5])))}."
