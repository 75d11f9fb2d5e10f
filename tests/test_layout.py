"""What is written reads back the same, in our strict reader and in ruamel.yaml."""

import math
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from servicebook import encoding, source
from servicebook.errors import Problem
from servicebook.layout import text_of

CHARACTERS = st.characters(exclude_categories=["Cs"]).filter(lambda c: not encoding._FORBIDDEN.search(c))
TRICKY = st.sampled_from([
    "", " ", "no", "NO", "on", "y", "null", "~", "true", "010", "1e3", "0x1F", "12:30:45", "2024-02-30", "1_000",
    ".inf", "=", "<<", "2016-02-29T06:38:00+01:00", "a: b", "a #b", "a:", "#a", "- a", "-", "? a", "& a", "*a", "!a",
    "%a", "@a", "`a", "[a]", "{a}", "|", ">", "a\nb", "a\n", "\na", " a\nb", "a\n b\n", "a\n\n", "a\n ", "a\n\tb",
    "x" * 101, "x " * 60, "x\r\ny", "\u00a0", "a\ttab", "'q'", '"q"', "back\\slash", "...", "---", "--- a",
    "a\n---\nb", "a\n...\nb", "Zażółć", "订单", "🔧 broken",
])  # fmt: skip
TEXT = TRICKY | st.text(CHARACTERS, max_size=40) | st.text(st.sampled_from("ab \n\t:#-'\"\\|>"), max_size=160)
NUMBERS = st.integers(-(10**15), 10**15) | st.floats(-1e9, 1e9).map(lambda number: round(number, 6))
LEAVES = TEXT | NUMBERS | st.booleans() | st.none()
KEYS = TEXT.filter(lambda key: "\n" not in key and "\r" not in key and len(key) < 100)
VALUES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)
RECORDS = st.dictionaries(KEYS, VALUES, min_size=1, max_size=6)


@settings(max_examples=200, deadline=None)
@given(RECORDS)
def test_every_reader_gives_back_what_was_written(data: dict[str, Any]) -> None:
    written = text_of(data)
    assert source.load(written) == data
    assert types(source.load(written)) == types(data)
    assert YAML(typ="safe", pure=True).load(written) == data


def types(value: object) -> object:
    if isinstance(value, dict):
        return {key: types(item) for key, item in value.items()}
    return [types(item) for item in value] if isinstance(value, list) else type(value)


def test_a_record_looks_as_a_person_would_write_it() -> None:
    data = {
        "id": "INC-1",
        "version": 1,
        "title": "no",
        "at": "2026-03-04T09:15:00+01:00",
        "note": "First line.\n\nSecond: with a colon.\n",
        "links": [{"to": "A", "type": "related"}, {"to": "B"}],
        "names": ["one", "two: three"],
        "empty": [],
    }
    expected = """\
# heading
id: INC-1
version: 1
title: "no"
at: "2026-03-04T09:15:00+01:00"
note: |
  First line.

  Second: with a colon.
links:
  - to: A
    type: related
  - to: B
names:
  - one
  - "two: three"
empty: []
"""
    assert text_of(data, heading="# heading").decode() == expected


@pytest.mark.parametrize(
    "value",
    [math.nan, math.inf, 10**17, 0.1 + 0.2, "bell\x07", "turned\u202e", "half\ud800", b"bytes", {1: "a"}, object()],
    ids=["nan", "inf", "17 digits", "17 decimals", "control", "bidi", "surrogate", "bytes", "numeric key", "object"],
)
def test_what_a_record_cannot_hold_is_refused(value: object) -> None:
    with pytest.raises(Problem):
        text_of({"id": "INC-1", "value": value})
