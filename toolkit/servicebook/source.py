"""Bytes → data: the strict YAML dialect of records.

One document of UTF-8 text; YAML 1.2 core types (`no` is text, `010` is ten, `12:30:45` is text, times
are text); no anchors, aliases, tags, directives, merge keys or duplicate keys; keys are text; finite
numbers of at most 16 digits; bounded size, depth and number of values.

Two readers of one dialect: `everyday` knows the layout of nearly every record, `libyaml` knows them all.
"""

from typing import Any

from servicebook import encoding, everyday
from servicebook.refusal import Pointer, Refused, Unavailable

__all__ = ["Pointer", "Refused", "Unavailable", "load", "load_any_layout"]


def load(data: bytes) -> dict[str, Any]:
    """The record as plain dicts, lists, str, int, float, bool and None. Raises `Refused`."""
    if found := encoding.objection(data):
        raise Refused(*found)
    return everyday.read(data) or load_any_layout(data)


def load_any_layout(data: bytes) -> dict[str, Any]:
    """What `load` gives for bytes that are text, by way of libyaml's events: the reference for `everyday`."""
    from servicebook import libyaml  # PyYAML costs a tenth of the time to check fifty changed records

    return libyaml.read(data)
