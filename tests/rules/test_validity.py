"""Gaps and overlaps of versions: every day is looked at, not only those between neighbours."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebook.finding import Finding
from servicebook.kinds import read_kinds
from servicebook.record import Record
from servicebook.rules import validity_gap, validity_overlap
from servicebook.tree import Tree, WorkingTree

Days = tuple[str, str | None]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    return WorkingTree(tmp_path_factory.mktemp("empty"))


class Calendar(Record):
    """A calendar that is in no file: every finding is at its first line."""

    def place(self, pointer: tuple[str | int, ...]) -> tuple[int, int]:
        return 1, 1


def calendar(tree: Tree, days: Sequence[Days]) -> Record:
    versions = [
        {"version": number, "valid_from": first} | ({"valid_to": last} if last else {})
        for number, (first, last) in enumerate(days, 1)
    ]
    return Calendar(
        tree, "records/calendars/CAL-a.yaml", read_kinds(tree)["calendar"], "CAL-a", data={"versions": versions}
    )


def messages(findings: list[Finding]) -> list[str]:
    return [finding.message for finding in findings]


def test_a_long_version_is_seen_behind_a_short_one(tree: Tree) -> None:
    record = calendar(tree, [("2025-01-01", "2026-12-31"), ("2025-02-01", "2025-02-28"), ("2025-06-01", None)])
    assert list(validity_gap.check_record(record)) == []
    assert messages(list(validity_overlap.check_record(record))) == [
        "Versions 1 and 2 are both in force on 2025-02-01.",
        "Versions 1 and 3 are both in force on 2025-06-01.",
    ]


def test_a_version_without_end_stays_in_force(tree: Tree) -> None:
    record = calendar(tree, [("2025-01-01", None), ("2025-02-01", "2025-02-28"), ("2026-01-01", None)])
    assert list(validity_gap.check_record(record)) == []
    assert len(list(validity_overlap.check_record(record))) == 2


def test_no_hint_asks_for_a_version_that_ends_before_it_begins(tree: Tree) -> None:
    record = calendar(tree, [("2025-01-01", None), ("2025-01-01", None)])
    assert [finding.hint for finding in validity_overlap.check_record(record)] == [
        "Let one of them begin on the day after the other ends."
    ]


FIRST = date(2025, 1, 1)
SPANS = st.lists(st.tuples(st.integers(0, 30), st.none() | st.integers(0, 30)), max_size=5)


@given(SPANS)
def test_both_rules_say_what_counting_the_days_says(tree: Tree, spans: list[tuple[int, int | None]]) -> None:
    days = [
        ((FIRST + timedelta(first)).isoformat(), None if last is None else (FIRST + timedelta(last)).isoformat())
        for first, last in spans
    ]
    record = calendar(tree, days)
    counted = [sum(first <= day and (last is None or day <= last) for first, last in spans) for day in range(40)]
    covered = [day for day, versions in enumerate(counted) if versions]
    gap = any(not counted[day] for day in range(covered[0], covered[-1])) if covered else False
    assert bool(list(validity_gap.check_record(record))) == gap
    overlaps = [message for message in messages(list(validity_overlap.check_record(record))) if "both" in message]
    assert bool(overlaps) == any(versions > 1 for versions in counted)
