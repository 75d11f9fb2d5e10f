"""The reader refuses what must be refused, in words, at the place; and gives every accepted value intact.

The documents are data: `hostile/documents.yaml`.
"""

import math
import time
from typing import Any

import pytest

from hostile.corpus import MISSING, Case, cases
from servicebook.source import Refused, load

CASES = cases()
SECONDS = 2.0  # for any one document; the slowest takes a tenth on the slowest machine we know


def identical(left: Any, right: Any) -> bool:
    """Equal values of equal types, all the way down: 1 is not 1.0 and not true, 0.0 is not -0.0; fields in order."""
    if type(left) is not type(right):
        return False
    if isinstance(left, dict):
        return list(left) == list(right) and all(identical(left[key], right[key]) for key in left)
    if isinstance(left, list):
        return len(left) == len(right) and all(map(identical, left, right))
    if isinstance(left, float):
        return left == right and math.copysign(1, left) == math.copysign(1, right)
    return bool(left == right)


def outcome(data: bytes) -> dict[str, Any] | Refused:
    try:
        return load(data)
    except Refused as refused:
        return refused


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_document_is_refused_in_words_or_read_intact(case: Case) -> None:
    started = time.perf_counter()
    found = outcome(case.data)
    assert time.perf_counter() - started < SECONDS
    if case.refused is None:
        assert not isinstance(found, Refused), f"{found.line}:{found.column}: {found.message}"
        assert case.value is MISSING or identical(found, case.value), found
        return
    assert isinstance(found, Refused), f"accepted as {str(found)[:200]}"
    assert case.refused in found.message
    assert case.line in (None, found.line), found.line
    assert case.column in (None, found.column), found.column
    assert case.hint in found.hint, found.hint
    assert_readable(found)


def assert_readable(refused: Refused) -> None:
    """A sentence and a hint that a person can read and no document can abuse."""
    for text in (refused.message, refused.hint):
        assert text.isprintable(), ascii(text)
        assert len(text) <= 250, text
        assert not text.startswith("::")
    assert refused.message.endswith((".", "?")), refused.message
    assert refused.message[0].isupper() or not refused.message[0].isalpha(), refused.message
    assert refused.hint, "a refusal says what to do"
    assert refused.line >= 1
    assert refused.column >= 1


@pytest.mark.parametrize("case", [case for case in CASES if len(case.data) < 2000], ids=lambda case: case.name)
def test_no_beginning_of_a_document_raises_anything_else(case: Case) -> None:
    """A file cut short at any byte is refused or read, like any other."""
    for end in range(len(case.data)):
        found = outcome(case.data[:end])
        if isinstance(found, Refused):
            assert_readable(found)
            assert found.line <= max(1, len(case.data[:end].splitlines()))


def test_the_corpus_holds_what_it_promises() -> None:
    assert len(CASES) == len({case.name for case in CASES})
    assert len(CASES) >= 300
