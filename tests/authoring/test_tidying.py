"""`servicebook fmt`: another layout, the same values, and every comment with what it speaks of."""

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from building import CHECKOUT
from servicebook import source
from servicebook.authoring.comments import find
from servicebook.authoring.tidying import tidy
from servicebook.kinds import Kind, read_kinds
from servicebook.layout import text_of
from servicebook.tree import WorkingTree

PATH = "records/incidents/2026/INC-1.yaml"
MODELINE = "# yaml-language-server: $schema=../../../schemas/incident.schema.json\n"
INCIDENT = read_kinds(WorkingTree(CHECKOUT))["incident"]
SLA = read_kinds(WorkingTree(CHECKOUT))["sla"]


def laid_out(text: str, kind: Kind = INCIDENT) -> str:
    after = tidy(PATH, kind, text.encode()).decode()
    assert tidy(PATH, kind, after.encode()).decode() == after
    return after.removeprefix(MODELINE)


def test_fields_come_in_the_order_of_the_schema_and_comments_come_along() -> None:
    text = """\
# yaml-language-server: $schema=wrong.json

# of the urgency
urgency:   'high'
impact: high  # behind the impact


# of the id
#   in two lines
id: INC-1
timeline:
- event: opened # behind the event
  # of the time
  at:  2026-03-04T09:15:00+01:00
  # below the first event

# of the second event
-   at: 2026-03-04T09:25:00+01:00
    event: responded
    # below the second event
# of the title
title: >-
  Folded
  text
# at the end
"""
    assert (
        laid_out(text)
        == """\
# of the id
#   in two lines
id: INC-1
# of the title
title: Folded text
impact: high  # behind the impact
# of the urgency
urgency: high
timeline:
  # of the time
  - at: "2026-03-04T09:15:00+01:00"
    # below the first event
    event: opened  # behind the event

  # of the second event
  - at: "2026-03-04T09:25:00+01:00"
    event: responded
    # below the second event
# at the end
"""
    )


def test_what_stands_between_brackets_stays_there_while_it_is_short() -> None:
    long = ", ".join(f"name{number}: some words" for number in range(6))
    text = f"id: INC-1\nx_a: {{a: 1,b: [x, 'y, z'], c: {{}} }}\nx_b: {{{long}}}\nx_c: [1,\n  2]\nx_d: [a]\n"
    assert laid_out(text) == (
        'id: INC-1\nx_a: {a: 1, b: [x, "y, z"], c: {}}\nx_b:\n'
        + "".join(f"  name{number}: some words\n" for number in range(6))
        + "x_c:\n  - 1\n  - 2\nx_d: [a]\n"
    )


def test_line_ends_and_a_byte_order_mark_are_those_of_a_new_record() -> None:
    assert laid_out("\ufeffid: INC-1\r\n# a\r\ntitle: |\r\n  One\r\n\r\n  # no comment\r\n") == (
        "id: INC-1\n# a\ntitle: |\n  One\n\n  # no comment\n"
    )


WORDS = st.sampled_from(
    ["a", "high", "# no comment", "It: was", "yes", "1", "a, b", "x" * 120, "One\nTwo", "在线", "é", "[x", " a"]
)
VALUES = st.recursive(
    WORDS | st.integers(-9, 9) | st.booleans() | st.none() | st.just(1.0),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abcde"), inner, max_size=3),
    max_leaves=8,
)
EVENTS = st.fixed_dictionaries({"event": WORDS, "at": WORDS}, optional={"note": WORDS, "x": VALUES})
RECORDS = st.fixed_dictionaries(
    {"id": st.just("INC-1")},
    optional={"timeline": st.lists(EVENTS, max_size=3), "title": WORDS, "impact": WORDS, "x_a": VALUES, "x_b": VALUES},
)
ADDED = st.lists(
    st.tuples(st.integers(0, 40), st.sampled_from(["", "# a", "  # b", "    # c", "      # d", "#"])), max_size=6
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=RECORDS, order=st.randoms(use_true_random=False), added=ADDED, brackets=st.booleans())
def test_no_value_and_no_comment_is_lost_whatever_the_layout(
    data: dict[str, Any], order: Any, added: list[tuple[int, str]], brackets: bool
) -> None:
    names = list(data)
    order.shuffle(names)
    shuffled = {name: data[name] for name in names}
    plain = text_of(shuffled).decode()
    if brackets:
        plain = "".join(f"{name}: {json.dumps(shuffled[name])}\n" for name in names)
    lines = plain.splitlines()
    for row, comment in added:
        candidate = [*lines[:row], comment, *lines[row:]]
        if reads_as(data, candidate):
            lines = candidate
    before = "\n".join(lines).encode() + b"\n"
    after = tidy(PATH, INCIDENT, before)
    assert json.dumps(source.load(after), sort_keys=True) == json.dumps(data, sort_keys=True)
    assert sorted(text for _, _, text in find(after)) == sorted(text for _, _, text in find(before))
    assert tidy(PATH, INCIDENT, after) == after


def reads_as(data: dict[str, Any], lines: list[str]) -> bool:
    try:
        return source.load("\n".join(lines).encode() + b"\n") == data
    except source.Refused:
        return False


def test_blank_lines_that_come_together_are_one_at_once() -> None:
    text = "id: INC-1\ntimeline:\n  - event: a\n    x: null\n\n  - event: a\n    x:\n      c: null\n\n    at: a\n"
    assert "\n\n\n" not in laid_out(text)
