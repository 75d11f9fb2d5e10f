"""What a schema refuses is never without a finding: the rules schema and naive-time leave no gap between them."""

import json
from typing import Any

import pytest

from building import Book
from servicebook.finding import Finding
from servicebook.tree import WorkingTree
from servicebook.validation import validate

NAIVE = "2026-01-01T10:00:00"
INSTANT = {"$ref": "parts.json#/$defs/instant"}


def findings(book: Book, held: Any, text: str) -> list[Finding]:
    """What is found on a record whose field `on` has the schema `held` and the value `text`."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Day",
        "x-folder": "days",
        "x-prefix": "DAY",
        "properties": {"id": {"$ref": "parts.json#/$defs/id"}, "on": held},
        "required": ["id"],
    }
    book.write("schemas/day.schema.json", json.dumps(schema))
    book.write("records/days/DAY-1.yaml", f"id: DAY-1\non: {text}\n")
    return list(validate(WorkingTree(book.root), cached=False).findings)


@pytest.mark.parametrize(
    ("held", "rule"),
    [
        ({"type": "string", "format": "date"}, "schema"),
        ({"$ref": "parts.json#/$defs/date"}, "schema"),
        ({"type": "string", "format": "duration"}, "schema"),
        ({"type": "string", "format": "email"}, "schema"),
        ({"type": "string", "pattern": "^[0-9]+$"}, "schema"),
        ({"type": "string", "format": "date-time"}, "naive-time"),
        ({"type": "string", "pattern": "T[0-2][0-9]:[0-9:]{5}Z$"}, "naive-time"),
        (INSTANT, "naive-time"),
        ({"anyOf": [{"format": "date-time"}, {"type": "integer"}]}, "schema"),
        ({"not": {"type": "string"}}, "schema"),
        (False, "schema"),
    ],
)
def test_a_time_without_offset_is_found_once_whatever_the_schema_asks(book: Book, held: Any, rule: str) -> None:
    found = findings(book, held, NAIVE)
    assert [(finding.rule, finding.line) for finding in found] == [(rule, 2)]
    assert found[0].hint


@pytest.mark.parametrize(
    ("held", "text", "message"),
    [
        ({"allOf": [{"enum": ["a", "b"]}]}, "c", "on is “c”, which is none of a, b."),
        ({"allOf": [{"const": "a"}]}, "c", "on is “c”; it must be “a”."),
        ({"allOf": [{"maxLength": 2}]}, "abc", "on is longer than 2."),
        ({"minLength": 5}, "abc", "on is shorter than 5."),
        ({"minLength": 1}, '""', "on is empty."),
    ],
)
def test_a_sentence_names_what_was_asked_for_wherever_it_stands(book: Book, held: Any, text: str, message: str) -> None:
    assert [finding.message for finding in findings(book, held, text)] == [message]
