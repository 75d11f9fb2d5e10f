"""A team may replace a schema of ours: whatever a field holds then, facts come out, and each value is of its type."""

from datetime import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memory import KINDS, TREE
from servicebook import facts
from servicebook.book import Book
from servicebook.config import Config
from servicebook.record import Record

TYPES = {"VARCHAR": str, "BIGINT": int, "DOUBLE": float, "BOOLEAN": bool, "TIMESTAMP": datetime}
READ = ["audit", "change", "feedback", "improvement", "nonconformity", "problem", "review", "supplier"]
AS_OF = datetime.fromisoformat("2026-12-31T00:00:00+00:00")

plain = st.sampled_from(["text", "2026-03-02", "0001-01-01", "9999-12-31", "A1", 1, -1, 2.5, 10**15, True, False, None])


def values(names: list[str]) -> st.SearchStrategy:
    """Anything that a record can hold, objects with the names that facts ask for among it."""
    return st.recursive(
        plain,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(names), inner, max_size=6),
        max_leaves=12,
    )


def names_in(schema: object) -> set[str]:
    """The names of all properties in a schema."""
    if isinstance(schema, list):
        return set().union(*map(names_in, schema))
    if not isinstance(schema, dict):
        return set()
    own = schema.get("properties")
    return set(own if isinstance(own, dict) else ()).union(*map(names_in, schema.values()))


@pytest.mark.parametrize("name", READ)
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_facts_of_a_record_of_any_shape(name, data):
    kind = KINDS[name]
    names = sorted(names_in(kind.schema) | {"due", "done", "role", "confirmed_on", "id"})
    fields = data.draw(st.dictionaries(st.sampled_from(sorted(kind.schema["properties"])), values(names), max_size=12))
    fields["id"] = f"{kind.prefix}-20260302-aaaa"
    if kind.lifecycle is not None:  # that much a schema is held to
        events = st.sampled_from([*kind.lifecycle.events, "else"])
        times = st.sampled_from(["2026-03-02T09:00:00Z", "2026-03-03T09:00:00+01:00"])
        fields["timeline"] = [
            {"at": "2026-03-01T09:00:00Z", "event": kind.lifecycle.opens},
            *data.draw(st.lists(st.fixed_dictionaries({"at": times, "event": events}), max_size=5)),
        ]
    record = Record(TREE, f"records/{kind.folder}/{fields['id']}.yaml", kind, fields["id"], blob="0" * 40, data=fields)
    book = Book(TREE, KINDS, Config(organisation="Test", zone="Europe/Amsterdam"), [record])
    for table in facts.compute(book, AS_OF).tables.values():
        for row in table.rows:
            for column, value in zip(table.columns, row, strict=True):
                assert value is None or type(value) is TYPES[column.type], (table.name, column.name, value)
