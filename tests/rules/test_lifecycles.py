"""Order in time and legal moves, for every kind of ours that has a lifecycle."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from building import Book
from servicebook.kind import Kind
from servicebook.kinds import read_kinds
from servicebook.tree import WorkingTree
from servicebook.validation import validate

KINDS = [kind for kind in read_kinds(WorkingTree(Path(__file__).parent)).values() if kind.lifecycle is not None]


@pytest.fixture(params=KINDS, ids=[kind.name for kind in KINDS])
def kind(request: pytest.FixtureRequest) -> Kind:
    return request.param


def test_there_are_some() -> None:
    assert {"incident", "service-request", "problem", "change", "feedback", "nonconformity", "improvement"} <= {
        kind.name for kind in KINDS
    }


def found(book: Book, kind: Kind, timeline: list[dict[str, Any]]) -> set[str]:
    """Which rules on timelines speak on the kind's example with another timeline."""
    assert kind.example is not None
    assert kind.lifecycle is not None
    record = copy.deepcopy(dict(kind.example)) | {kind.lifecycle.timeline: timeline}
    book.write(f"records/{kind.folder}/{record['id']}.yaml", json.dumps(record))
    report = validate(WorkingTree(book.root), cached=False, as_of="2027-12-31")
    on_timelines = {"impossible-status", "event-out-of-order", "date-in-the-future", "schema", "yaml-syntax"}
    return {finding.rule for finding in report.findings} & on_timelines


def example(kind: Kind) -> list[dict[str, Any]]:
    assert kind.example is not None
    assert kind.lifecycle is not None
    return copy.deepcopy(list(kind.example[kind.lifecycle.timeline]))


def test_the_example_is_in_order(book: Book, kind: Kind) -> None:
    assert found(book, kind, example(kind)) == set()


def test_an_earlier_time_below_a_later_one(book: Book, kind: Kind) -> None:
    timeline = example(kind)
    assert len(timeline) > 1, "an example of a lifecycle shows some of it"
    timeline[-1]["at"] = "2001-01-01T00:00:00Z"
    assert found(book, kind, timeline) == {"event-out-of-order"}


def test_an_event_that_is_still_to_come(book: Book, kind: Kind) -> None:
    timeline = example(kind)
    timeline[-1]["at"] = "2028-01-02T00:00:00Z"
    assert found(book, kind, timeline) == {"date-in-the-future"}


def test_it_is_opened_once(book: Book, kind: Kind) -> None:
    timeline = example(kind)
    assert found(book, kind, [*timeline, timeline[0] | {"at": timeline[-1]["at"]}]) == {"impossible-status"}


def test_nothing_comes_before_it_is_opened(book: Book, kind: Kind) -> None:
    assert kind.lifecycle is not None
    opened = kind.lifecycle.opens
    timeline = [event for event in example(kind) if event["event"] != opened]
    assert found(book, kind, timeline) == {"impossible-status"}


@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("incident", "resolved"),
        ("service-request", "fulfilled"),
        ("problem", "resolved"),
        ("change", "implemented"),
        ("improvement", "done"),
    ],
)
def test_nothing_is_closed_before_it_is_done(book: Book, name: str, before: str) -> None:
    kind = next(kind for kind in KINDS if kind.name == name)
    assert kind.lifecycle is not None
    first = example(kind)[:1]
    assert first[0]["event"] == kind.lifecycle.opens
    assert before in kind.lifecycle.events
    assert found(book, kind, [*first, {"at": first[0]["at"], "event": "closed"}]) == {"impossible-status"}
