"""A new kind is one file: whatever its schema leaves open, no rule ends the run with anything but a finding."""

import json
import string
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from building import Book
from servicebook.errors import Problem
from servicebook.tree import WorkingTree
from servicebook.validation import validate

HEAD = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Thing",
    "x-folder": "things",
    "x-prefix": "THG",
}
STATES = {
    "states": {"new": {}, "done": {}},
    "events": {"opened": {"from": [None], "to": "new"}, "resolved": {"from": ["new"], "to": "done"}},
}
NAMES = (
    "id", "schema_version", "title", "actions", "decisions", "resolution", "versions", "timeline", "valid_from",
    "valid_to", "version", "zone", "at", "event", "owner", "due", "service",
    "role", "person", "path", "sha256", "effectiveness", "checked_by", "links", "type", "to", "done", "on",
    "held_on",
)  # fmt: skip
PARTS = ("id", "title", "date", "instant", "version-number", "action", "link", "role", "person", "doer", "attachment")

leaves = st.one_of(
    st.sampled_from([{"$ref": f"parts.json#/$defs/{name}"} for name in PARTS]),
    st.sampled_from([{}, True, {"type": "string"}, {"type": "integer"}, {"type": ["string", "null"]}]),
    st.sampled_from([{"type": "string", "format": "date"}, {"enum": ["opened", "resolved"]}, {"const": 1}]),
    st.just({"$ref": "parts.json#/$defs/id", "x-link": "service"}),
)


def objects(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    named = st.dictionaries(st.sampled_from(NAMES), inner, max_size=5)
    return named.flatmap(
        lambda properties: st.fixed_dictionaries(
            {"type": st.just("object"), "properties": st.just(properties)},
            optional={"required": st.just(sorted(properties)), "additionalProperties": st.booleans()},
        )
    )


def lists(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({"items": inner}, optional={"type": st.just("array")})


# The lists that keywords name, right more often than chance would have them.
VERSIONS = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {
            "version": {"type": "integer"},
            "valid_from": {"$ref": "parts.json#/$defs/date"},
            "valid_to": {"$ref": "parts.json#/$defs/date"},
            "zone": {},
        },
        "required": ["version", "valid_from"],
    },
}
TIMELINE = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {"at": {"$ref": "parts.json#/$defs/instant"}, "event": {"type": "string"}},
        "required": ["at", "event"],
    },
}
values_of_schemas = st.recursive(
    leaves, lambda inner: objects(inner) | lists(inner) | lists(objects(inner)), max_leaves=8
)


@st.composite
def schemas(draw: st.DrawFn) -> dict[str, Any]:
    properties = draw(st.dictionaries(st.sampled_from(NAMES), values_of_schemas, max_size=3))
    properties |= draw(st.sampled_from([{}, {"versions": VERSIONS}, {"timeline": TIMELINE}]))
    schema: dict[str, Any] = {**HEAD}
    if properties or draw(st.booleans()):
        schema["properties"] = properties
        schema["required"] = sorted(draw(st.sets(st.sampled_from(sorted(properties) or ["id"]), max_size=1)))
    for name, right in (("x-versions", "versions"), ("x-lifecycle", "timeline")):
        named = [right] * 5 if right in properties else []
        value = draw(st.sampled_from([None, None, *named, *properties]))
        if value is not None:
            schema[name] = value if name == "x-versions" else {"timeline": value, "opens": "opened", **STATES}
            schema["required"] = sorted({*schema.get("required", ()), value})
    return schema


scalars = st.one_of(
    st.sampled_from(["THG-1", "SVC-a", "2026-01-01", "2026-13-01", "2026-01-01T10:00:00", "2026-01-01T10:00:00+01:00"]),
    st.sampled_from(["opened", "resolved", "Europe/Paris", "A1", "", "P-7k2m", "documents/a.md"]),
    st.text(string.printable, max_size=5),
    st.none() | st.booleans() | st.integers(-5, 5),
)
fields = st.sampled_from(NAMES)
version = st.fixed_dictionaries(
    {"version": st.integers(1, 3), "valid_from": st.sampled_from(["2025-01-01", "2026-01-01"])},
    optional={"valid_to": st.sampled_from(["2025-06-01", "2025-13-01"]), "zone": scalars},
)
event = st.fixed_dictionaries(
    {
        "at": st.sampled_from(["2026-01-01T10:00:00Z", "2026-01-01T09:00:00Z", "2026-01-01T10:00:00"]),
        "event": st.sampled_from(["opened", "resolved"]) | scalars,
    }
)
inner_data = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(fields, inner, max_size=4),
    max_leaves=8,
)
listed = {"versions": st.lists(version, max_size=3), "timeline": st.lists(event, max_size=3)}
records = st.tuples(st.dictionaries(fields, inner_data, max_size=8), st.fixed_dictionaries(listed)).map(
    lambda pair: pair[0] | pair[1]
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(schemas(), records)
def test_no_rule_raises(book: Book, schema: dict[str, Any], data: dict[str, Any]) -> None:
    book.write("schemas/thing.schema.json", json.dumps(schema))
    book.write("records/things/THG-1.yaml", json.dumps(data))
    try:
        report = validate(WorkingTree(book.root), cached=False)
    except Problem as problem:
        told = problem
    else:
        assert all(finding.message.isprintable() and finding.hint for finding in report.findings)
        return
    assert told.message.startswith("schemas/thing.schema.json")
    assert told.hint


@pytest.mark.parametrize("name", ["actions", "decisions"])
@pytest.mark.parametrize(
    ("held", "value", "rules"),
    [
        ({"type": "integer"}, " 5", set()),
        ({"type": "array"}, "\n  - 1", set()),
        (
            {"type": "array", "items": {"type": "object"}},
            "\n  - a: 1",
            {"action-without-owner", "action-without-due-date"},
        ),
    ],
)
def test_a_field_that_is_named_as_ours_may_hold_what_it_likes(
    book: Book, name: str, held: Any, value: str, rules: set[str]
) -> None:
    book.write("schemas/thing.schema.json", json.dumps({**HEAD, "properties": {name: held}}))
    book.write("records/things/THG-1.yaml", f"id: THG-1\n{name}:{value}\n")
    found = {finding.rule for finding in validate(WorkingTree(book.root), cached=False).findings}
    assert found == (rules if name == "actions" else set())
