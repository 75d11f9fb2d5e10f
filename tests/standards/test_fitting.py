"""Whatever a schema leaves open, evidence is looked for without an error."""

from datetime import UTC, date

from hypothesis import given
from hypothesis import strategies as st

from building import CHECKOUT
from servicebook.kinds import read_kinds
from servicebook.record import Record
from servicebook.standards.fitting import chosen, day, lacking, spans, values
from servicebook.standards.standard import Item, Selection, Span
from servicebook.tree import WorkingTree

TREE = WorkingTree(CHECKOUT)
KIND = read_kinds(TREE)["review"]
NAMES = st.sampled_from(["a", "b", "from", "to"])
TODAY = date(2026, 6, 30)
LEAVES = st.none() | st.booleans() | st.integers() | st.sampled_from(["", " ", "2026-02-30", "2026-06-30", "x", "T"])
DATA = st.recursive(
    LEAVES | st.sampled_from(["0001-01-01T00:00:00+14:00", "2026-06-30T12:00:00", "9999-12-31T23:59:59-14:00"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=8,
)
PATHS = st.lists(NAMES, min_size=1, max_size=3).map(tuple)


def record(data):
    return Record(TREE, "records/reviews/REV-20260101-aaaa.yaml", KIND, "REV-20260101-aaaa", data=data)


@given(st.dictionaries(NAMES, DATA), PATHS, PATHS)
def test_no_value_ends_in_an_error(data, path, other):
    selection = Selection("review", {path: ("x", True)}, fields=(other,), in_force=Span(other, "from", "to"))
    made = record(data)
    assert chosen(made, selection) == any(value is True or value == "x" for value in values(data, path))
    assert lacking(made, selection) == (() if list(values(data, other)) else (other,))
    assert all(type(first) is type(last) is date for first, last in spans(made, selection.in_force))
    assert isinstance(day(made, [path], UTC, date.max), date | None)


def test_lists_are_looked_into_at_any_depth():
    assert list(values({"a": [{"b": [1, 2]}, {"b": 3}, {"c": 4}, 5]}, ("a", "b"))) == [1, 2, 3]


def test_a_day_that_no_calendar_has_is_none():
    assert day(record({"a": ["2026-02-30", "2026-06-30", 7]}), [("a",)], UTC, TODAY) == date(2026, 6, 30)
    assert day(record({"a": "2026-02-30"}), [("a",)], UTC, TODAY) is None


def test_a_day_that_is_still_to_come_hides_none_before_it():
    made = record({"a": ["2026-06-01", "2026-07-01"], "b": "2026-06-02"})
    assert day(made, [("a",)], UTC, TODAY) == date(2026, 6, 1)
    assert day(made, [("a",), ("b",)], UTC, TODAY) == date(2026, 6, 2)


def test_one_item_must_have_all_the_values():
    item = Item(("inputs",), {("topic",): ("risks",), ("considered",): (True,)})
    asked = Selection("review", items=(item,))
    apart = [{"topic": "risks", "considered": False}, {"topic": "policy", "considered": True}]
    assert not chosen(record({"inputs": apart}), asked)
    assert chosen(record({"inputs": [*apart, {"topic": "risks", "considered": True}]}), asked)
