"""Workload limits against the oracle of `oracle/released.py`: which of the records of a window are beyond the limit."""

from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from memory import make_book
from oracle.agreed import Agreed
from oracle.books import LEVELS, SEASONS, books, some
from oracle.cases import cases_on, kind_of
from oracle.clocks import answers
from oracle.given import comparable
from oracle.given import given as given_by
from servicebook.clock import Clock

BOOKS, CASES = 12, 12
RELEASED = "workload above the agreed limit"

limits = st.lists(
    st.builds(
        lambda limit, more: {"limit": limit, **more},
        st.integers(1, 5),
        some(
            {
                "measure": st.sampled_from(["incidents", "service-requests"]),
                "window": st.sampled_from(["month", "quarter", "half-year", "year"]),
                "priority": st.sampled_from(LEVELS),
            }
        ),
    ),
    min_size=1,
    max_size=2,
)


@pytest.mark.parametrize("zone", SEASONS)
def test_the_clock_agrees_with_the_oracle_on_what_is_beyond_a_limit(zone):
    released = []

    @given(books(zone), limits, st.integers(0, 2**32))
    @settings(
        max_examples=BOOKS, derandomize=True, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def compare(drawn, limits, seed):
        for record in drawn["records"]:
            if record["id"].startswith("SLA-"):
                record["versions"][0]["workload_limits"] = limits
        agreed, cases = cases_on(drawn, Random(seed), CASES)
        records = [case.record for case in cases]
        as_of = sorted(case.as_of for case in cases)[CASES // 2]
        agreed = Agreed([*drawn["records"], *records], drawn["zone"], agreed.origin)
        book = make_book(*drawn["records"], *records, zone=drawn["zone"])
        clock = Clock(book)
        for record in records:
            timers = clock.timers(book.record(record["id"]), as_of)
            oracle = comparable(answers(agreed, record, kind_of(record), as_of))
            assert comparable([given_by(timer, agreed.origin, as_of) for timer in timers]) == oracle
            released.extend(answer for answer in oracle if answer.left_out == RELEASED)

    compare()
    assert released
