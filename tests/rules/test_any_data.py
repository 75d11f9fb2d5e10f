"""A team may bring its own schema of a shipped kind: whatever its records then hold, every rule ends in findings.

Each example takes one kind, gives it a schema that asks for nothing (but what keywords name keeps its shape, and links
stay links), and puts other values, of any sort, into the shipped example. Records of all other kinds stand beside it.
"""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from building import Book
from servicebook.kinds import Kind, read_kinds
from servicebook.source import Pointer
from servicebook.tree import WorkingTree
from servicebook.validation import validate

SHAPES = {
    "timeline": {"at": {"$ref": "parts.json#/$defs/instant"}, "event": {"type": "string"}},
    "versions": {
        "version": {"type": "integer"},
        "valid_from": {"$ref": "parts.json#/$defs/date"},
        "valid_to": {"$ref": "parts.json#/$defs/date"},
    },
}
GONE = object()


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Kind]:
    return dict(read_kinds(WorkingTree(tmp_path_factory.mktemp("empty"))))


def loosened(kind: Kind) -> dict[str, Any]:
    """A schema of the kind that takes nearly anything."""
    head = {word: value for word, value in kind.schema.items() if word.startswith("x-") or word in ("$schema", "title")}
    properties = {name: _links(kind, kind.child(kind.schema, name)) for name in kind.schema["properties"]}
    properties["schema_version"] = kind.schema["properties"]["schema_version"]
    required = [name for name in (kind.versions, kind.lifecycle and kind.lifecycle.timeline) if name]
    for name in required:
        fields = properties[name].get("items", {}).get("properties", {})
        item = {"type": "object", "properties": fields | SHAPES[name], "required": list(SHAPES[name])[:2]}
        properties[name] = {"type": "array", "items": item}
    return {**head, "properties": properties, "required": required}


def _links(kind: Kind, schema: Mapping[str, Any]) -> dict[str, Any]:
    kept: dict[str, Any] = {"x-link": schema["x-link"]} if "x-link" in schema else {}
    if "items" in schema:
        kept["items"] = _links(kind, kind.child(schema, "*"))
    if "properties" in schema:
        kept["properties"] = {name: _links(kind, kind.child(schema, name)) for name in schema["properties"]}
    return kept


def places(value: Any, at: Pointer = ()) -> list[Pointer]:
    """The path to every value within a record, but for the times and names of events."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    found = [(*at, step) for step, _ in inner if not (at[:1] == ("timeline",) and step in ("at", "event"))]
    return found + [place for step, held in inner for place in places(held, (*at, step))]


def put(data: Any, place: Pointer, value: Any) -> None:
    """Another value at a place, if the place is still there."""
    for step in place[:-1]:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(data, dict) and isinstance(place[-1], str):
        if value is GONE:
            data.pop(place[-1], None)
        else:
            data[place[-1]] = value
    elif isinstance(data, list) and isinstance(place[-1], int) and place[-1] < len(data) and value is not GONE:
        data[place[-1]] = value


scalars = st.one_of(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.sampled_from([0.5, -1.5, 1e300]),
    st.sampled_from(["1900-01-01", "2026-02-30", "2199-12-31", "2026-06-30T24:00:00Z", "2026-01-01T10:00:00+01:00"]),
    st.sampled_from(["", "A1", "P-7k2m", "SVC-online-shop", "high", "month", "closed", "\u202e\u0007|::error::", "图"]),
)
values = st.one_of(
    scalars,
    st.lists(scalars, max_size=2),
    st.dictionaries(st.sampled_from(["id", "on", "by", "role", "from", "to"]), scalars, max_size=2),
    st.lists(st.dictionaries(st.sampled_from(["id", "action", "to", "met", "at"]), scalars, max_size=2), max_size=2),
    st.just(GONE),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_rule_raises(book: Book, kinds: dict[str, Kind], data: st.DataObject) -> None:
    examples = {f"records/{kind.folder}/{kind.prefix}-x.yaml": kind.example for kind in kinds.values()}
    kind = kinds[data.draw(st.sampled_from(sorted(kinds)), "kind")]
    record = json.loads(json.dumps(kind.example))
    for place in data.draw(st.lists(st.sampled_from(places(record)), min_size=1, max_size=8), "places"):
        put(record, place, data.draw(values, str(place)))
    examples[f"records/{kind.folder}/{kind.prefix}-x.yaml"] = record
    for path, content in examples.items():
        book.write(path, json.dumps(content))
    schema = book.write(f"schemas/{kind.name}.schema.json", json.dumps(loosened(kind)))
    try:
        report = validate(WorkingTree(book.root), cached=False, as_of="2026-06-30")
    finally:
        schema.unlink()
    assert all(finding.message.isprintable() for finding in report.findings)
