"""The clock against the oracle of `oracle/`, on random agreements, zones and timelines: 100,800 cases.

A case is a record looked at from an instant: all its timers are compared, and every minute of them. Examples are the
same on every run. A disagreement is shown as YAML, as small as it can be made.
"""

from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from memory import make_book
from oracle.books import SEASONS, books
from oracle.cases import Case, cases_on, kind_of, smallest, told
from oracle.clocks import answers
from oracle.given import comparable
from oracle.given import given as given_by
from servicebook.clock import Clock

BOOKS, CASES = 40, 210
"""So many books a zone, and so many cases a book."""
AT_LEAST = 100_000


def test_there_are_enough_cases():
    assert len(SEASONS) * BOOKS * CASES >= AT_LEAST


@pytest.mark.parametrize("zone", SEASONS)
def test_the_clock_agrees_with_the_oracle(zone):
    compared = []
    disagreed: list[Case] = []

    @given(books(zone), st.integers(0, 2**32))
    @settings(
        max_examples=BOOKS, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def compare(drawn, seed):
        if not disagreed:
            for case, same in put_to_both(drawn, Random(seed)):
                compared.append(same)
                disagreed.extend([] if same else [case])

    compare()
    assert not disagreed, told(smallest(disagreed[0]))
    assert len(compared) >= BOOKS * CASES


def put_to_both(drawn, random: Random):
    """Random cases on one book, each with whether the clock and the oracle say the same."""
    agreed, cases = cases_on(drawn, random, CASES)
    book = make_book(*drawn["records"], *(case.record for case in cases), zone=drawn["zone"])
    clock = Clock(book)
    for case in cases:
        oracle = comparable(answers(agreed, case.record, kind_of(case.record), case.as_of))
        try:
            timers = clock.timers(book.record(case.record["id"]), case.as_of)
            yield case, comparable([given_by(timer, agreed.origin, case.as_of) for timer in timers]) == oracle
        except Exception:  # noqa: BLE001 — a clock that raises, or whose segments do not adjoin, does not agree
            yield case, False
