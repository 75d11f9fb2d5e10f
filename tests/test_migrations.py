"""The steps of `x-migrations`: each does what it says to plain data, and to a document with its comments."""

from typing import Any

import pytest

from servicebook.editing import edited
from servicebook.errors import Problem
from servicebook.migrations import is_migrations, migrate


def after(data: dict[str, Any], *steps: dict[str, Any]) -> dict[str, Any]:
    whole = {"schema_version": 1, **data}
    migrate(whole, {"2": steps}, 2)
    assert whole.pop("schema_version") == 2
    return whole


def test_rename_keeps_the_place() -> None:
    assert list(after({"a": 1, "b": 2, "c": 3}, {"rename": "b", "to": "z"}).items()) == [("a", 1), ("z", 2), ("c", 3)]


def test_a_star_is_every_item() -> None:
    data = {"list": [{"a": 1}, {"b": 2}, "no object", {"a": 3}]}
    assert after(data, {"rename": "list.*.a", "to": "z"}) == {"list": [{"z": 1}, {"b": 2}, "no object", {"z": 3}]}


def test_move_makes_the_objects_on_its_way() -> None:
    assert after({"by": "x", "on": "y"}, {"move": "by", "to": "approved.by.role"}) == {
        "on": "y",
        "approved": {"by": {"role": "x"}},
    }


def test_wrap_leaves_what_is_an_object_already() -> None:
    assert after({"by": "x"}, {"wrap": "by", "in": "role"}) == {"by": {"role": "x"}}
    assert after({"by": {"role": "x"}}, {"wrap": "by", "in": "role"}) == {"by": {"role": "x"}}


def test_wrap_of_a_list_wraps_its_items() -> None:
    wrap = {"wrap": "v.*.texts.*", "in": "text"}
    data = {"v": [{"texts": ["a", {"text": "b"}]}, {"texts": "no list"}, {}, 1]}
    assert after(data, wrap) == {"v": [{"texts": [{"text": "a"}, {"text": "b"}]}, {"texts": "no list"}, {}, 1]}


def test_a_comment_beside_an_item_stays_beside_it() -> None:
    text = b"schema_version: 1\ntexts:\n  - one  # why\n  - two\nend: 1\n"
    steps = {"2": [{"wrap": "texts.*", "in": "text"}]}
    written = edited(text, lambda data: migrate(data, steps, 2), "a.yaml")
    assert written.decode() == "schema_version: 2\ntexts:\n  - text: one # why\n  - text: two\nend: 1\n"


def test_default_fills_what_is_missing_and_nothing_else() -> None:
    data = {"list": [{"a": 1, "c": 2}, {"a": 1, "b": False}]}
    filled = after(data, {"default": "list.*.b", "value": True, "after": "a"})["list"]
    assert [list(item.items()) for item in filled] == [[("a", 1), ("b", True), ("c", 2)], [("a", 1), ("b", False)]]


def test_default_gives_each_record_a_value_of_its_own() -> None:
    step = {"default": "list", "value": []}
    one, two = after({}, step), after({}, step)
    one["list"].append(1)
    assert two == {"list": []}


def test_replace_knows_only_the_words_it_names() -> None:
    step = {"replace": "t", "values": {"a": "b"}}
    assert [after({"t": value}, step)["t"] for value in ("a", "c", 5, None)] == ["b", "c", 5, None]


def test_drop() -> None:
    assert after({"a": {"b": 1, "c": 2}}, {"drop": "a.b"}) == {"a": {"c": 2}}


@pytest.mark.parametrize(
    "step",
    [
        {"rename": "no.such", "to": "z"},
        {"move": "no.such", "to": "z"},
        {"wrap": "a.b.c", "in": "z"},
        {"default": "no.such", "value": 1},
        {"drop": "a.*.b"},
        {"replace": "l.x", "values": {"1": "2"}},
    ],
)
def test_what_a_path_does_not_lead_to_is_passed_over(step: dict[str, Any]) -> None:
    assert after({"a": "text", "l": [1]}, step) == {"a": "text", "l": [1]}


@pytest.mark.parametrize("step", [{"rename": "a", "to": "b"}, {"move": "a", "to": "b"}, {"move": "a", "to": "b.c"}])
def test_no_value_is_lost_under_another(step: dict[str, Any]) -> None:
    with pytest.raises(Problem, match="“b”"):
        after({"a": 1, "b": 2}, step)


def test_versions_follow_one_another() -> None:
    data = {"schema_version": 1, "a": "x"}
    migrate(data, {"2": [{"rename": "a", "to": "b"}], "3": [], "4": [{"wrap": "b", "in": "role"}]}, 4)
    assert data == {"schema_version": 4, "b": {"role": "x"}}


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"2": []},
        {"2": [{"rename": "a.*.b", "to": "c"}, {"drop": "x_own"}]},
        {"2": [{"default": "a", "value": None, "after": "b"}, {"move": "a.b", "to": "c.d"}]},
    ],
)
def test_what_migrations_look_like(value: Any) -> None:
    assert is_migrations(value)


@pytest.mark.parametrize(
    "value",
    [
        [],
        {"two": []},
        {"0": []},
        {"2": {}},
        {"2": ["drop"]},
        {"2": [{}]},
        {"2": [{"drop": 1}]},
        {"2": [{"drop": "*"}]},
        {"2": [{"drop": "a.*"}]},
        {"2": [{"drop": "a..b"}]},
        {"2": [{"drop": "a", "rename": "a", "to": "b"}]},
        {"2": [{"rename": "a"}]},
        {"2": [{"rename": "a", "to": "b.c"}]},
        {"2": [{"rename": "a", "to": "b", "after": "c"}]},
        {"2": [{"move": "a.*.b", "to": "c"}]},
        {"2": [{"replace": "a", "values": ["b"]}]},
        {"2": [{"wrap": "a", "in": 1}]},
        {"2": [{"default": "a", "value": 1, "after": ["b"]}]},
        {"2": [{"run": "rm -rf"}]},
    ],
)
def test_what_they_do_not_look_like(value: Any) -> None:
    assert not is_migrations(value)


BEFORE = """\
# the first line
schema_version: 1 # of the schema
list: # all of them
  # the first item
  - topic: one # why one
    text: |
      several
      lines

  # the second item
  - topic: two
    text: short
approved:
  by: finance # in person

  # the day after
  on: "2026-01-16"
old: worth nothing # so it goes
last: 'quoted'
"""
AFTER = """\
# the first line
schema_version: 2 # of the schema
list: # all of them
  # the first item
  - topic: one # why one
    considered: true
    note: |
      several
      lines

  # the second item
  - topic: two
    considered: true
    note: short
approved:
  by:
    role: finance # in person

  # the day after
  on: "2026-01-16"
end: 'quoted'
"""


def test_a_document_keeps_its_comments_and_its_layout() -> None:
    steps: list[dict[str, Any]] = [
        {"default": "list.*.considered", "value": True, "after": "topic"},
        {"rename": "list.*.text", "to": "note"},
        {"wrap": "approved.by", "in": "role"},
        {"drop": "old"},
        {"rename": "last", "to": "end"},
    ]
    written = edited(BEFORE.encode(), lambda data: migrate(data, {"2": steps}, 2), "a.yaml")
    assert written.decode() == AFTER
