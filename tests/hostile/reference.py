"""ruamel.yaml as the reference reader: YAML 1.2, pure Python, its own scanner, resolver and constructors.

The record dialect is narrower than YAML 1.2, so the reference accepts more; what both accept must have the same
value and the same places. Where the dialect differs from ruamel.yaml on purpose, its conversion is replaced here:

- what looks like a date or a time is text (the core schema of YAML 1.2 has no such type);
- numbers with underscores, binary numbers, signed octal and hexadecimal numbers are text (nor has it these);
- `=` alone is text (a type of YAML 1.1 that ruamel.yaml kept);
- a quoted field name whose colon has no space around it, in a list in brackets (`['a':1]`), gets some: ruamel.yaml
  cannot parse it.
"""

import re
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import RoundTripConstructor, SafeConstructor
from ruamel.yaml.parser import ParserError

_CORE_NUMBER = re.compile(
    r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\.inf|\.nan",
    re.IGNORECASE,
)

Pointer = tuple[str | int, ...]


class _Constructor(SafeConstructor):
    """The reference's own conversions but for those listed above."""

    def core_int(self, node: Any) -> Any:
        if _CORE_NUMBER.fullmatch(node.value):
            return self.construct_yaml_int(node)
        return node.value

    def core_float(self, node: Any) -> Any:
        if _CORE_NUMBER.fullmatch(node.value):
            return self.construct_yaml_float(node)
        return node.value

    def text(self, node: Any) -> Any:
        return node.value


_Constructor.add_constructor("tag:yaml.org,2002:int", _Constructor.core_int)
_Constructor.add_constructor("tag:yaml.org,2002:float", _Constructor.core_float)
_Constructor.add_constructor("tag:yaml.org,2002:timestamp", _Constructor.text)
_Constructor.add_constructor("tag:yaml.org,2002:value", _Constructor.text)


class _PlacesConstructor(RoundTripConstructor):
    """Every scalar as the text that it is written with, or None where none is written."""

    def text(self, node: Any) -> Any:
        return node.value if node.value or node.style else None


for _type in ("int", "float", "bool", "null", "str", "timestamp", "value"):
    _PlacesConstructor.add_constructor(f"tag:yaml.org,2002:{_type}", _PlacesConstructor.text)


def reference(data: bytes) -> Any:
    """The value by ruamel.yaml. Raises whatever it raises."""
    yaml = YAML(typ="safe", pure=True)
    yaml.Constructor = _Constructor
    try:
        return yaml.load(data)
    except ParserError:
        return yaml.load(spaced(data))


def spaced(data: bytes) -> bytes:
    """The document with spaces around a colon that follows a quotation mark."""
    return re.sub(rb"""(['"]):""", rb"\1 : ", data)


def unaltered(data: bytes) -> Any:
    """The value by ruamel.yaml as it comes."""
    return YAML(typ="safe", pure=True).load(data)


def places(data: bytes) -> tuple[dict[Pointer, tuple[int, int]], dict[Pointer, tuple[int, int]]]:
    """Line and column, from 1, of every field name and of every value, by the round-trip reader.

    A value that is not written (`a:`) has no place: the reference gives that of whatever comes next.
    """
    keys: dict[Pointer, tuple[int, int]] = {}
    values: dict[Pointer, tuple[int, int]] = {}
    yaml = YAML(typ="rt", pure=True)
    yaml.Constructor = _PlacesConstructor
    waiting: list[tuple[Pointer, Any]] = [((), yaml.load(data))]
    while waiting:
        pointer, node = waiting.pop()
        if isinstance(node, CommentedMap):
            for key in node:
                keys[*pointer, key] = _from_one(node.lc.key(key))
                if node[key] is not None:
                    values[*pointer, key] = _from_one(node.lc.value(key))
                waiting.append(((*pointer, key), node[key]))
        elif isinstance(node, CommentedSeq):
            for index, item in enumerate(node):
                if item is not None:
                    values[*pointer, index] = _from_one(node.lc.item(index))
                waiting.append(((*pointer, index), item))
    return keys, values


def _from_one(place: tuple[int, int]) -> tuple[int, int]:
    return place[0] + 1, place[1] + 1
