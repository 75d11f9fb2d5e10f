"""Clocks that run: what similar ones did from the same count on, counted by hand."""

from datetime import UTC, datetime

import pytest

from servicebook.facts import Facts, Table, columns
from servicebook.foresight.risk import risks

AS_OF = datetime(2026, 6, 1, tzinfo=UTC)
HOUR = 3600


def clock(record, hours, *, stopped=True, limit=8, service="SVC-shop", priority="P2", state=None, **more):
    """A row of the table of timers: hours counted of a limit of eight."""
    row = dict.fromkeys(column.name for column in columns("timer"))
    row |= {
        "book": "Test", "id": record, "kind": "incident", "service": service, "priority": priority, "run": 1,
        "measure": "resolution", "sla": "SLA-shop", "limit_seconds": limit * HOUR, "counted_seconds": hours * HOUR,
        "stopped_at": AS_OF if stopped else None,
        "state": state or ("running" if not stopped and hours <= limit else "breached" if hours > limit else "met"),
    }  # fmt: skip
    return row | more


def risky(*clocks):
    rows = tuple(tuple(row.values()) for row in clocks)
    return risks(Facts(AS_OF, UTC, {"timer": Table("timer", "", columns("timer"), rows)}))


ENDED = [clock(f"INC-{hours}", hours) for hours in (1, 2, 5, 6, 7, 7, 9, 12)]


def test_only_those_count_that_came_as_far():
    (risk,) = risky(*ENDED, clock("INC-open", 4, stopped=False))
    # 5, 6, 7, 7, 9 and 12 hours were still running at 4; of these 9 and 12 went past 8.
    assert (risk.record, risk.similar, risk.missed, risk.of_service) == ("INC-open", 6, 2, True)
    assert risk.share == pytest.approx(1 / 3)
    assert (risk.used, risk.likely, risk.breached) == (0.5, False, False)


def test_it_grows_likelier_the_longer_it_runs():
    more = [clock(f"INC-more{hours}", hours) for hours in (9, 10, 11)]
    shares = [risky(*ENDED, *more, clock("INC-open", hours, stopped=False))[0].share for hours in (0, 4, 6)]
    assert shares == [pytest.approx(5 / 11), pytest.approx(5 / 9), pytest.approx(5 / 7)]


def test_open_ones_count_for_as_long_as_they_have_run():
    late, early = clock("INC-late", 10, stopped=False), clock("INC-early", 6, stopped=False)
    found = {risk.record: risk for risk in risky(*ENDED, late, early, clock("INC-open", 4, stopped=False))}
    risk = found["INC-open"]
    assert (risk.similar, risk.missed, risk.undecided) == (8, 3, 1)
    # One of eight stopped at 5, one of seven at 6, and two of the five that were seen at 7.
    assert risk.share == pytest.approx(7 / 8 * 6 / 7 * 3 / 5)


def test_those_that_run_below_the_limit_do_not_make_a_breach_look_certain():
    late = [clock(f"INC-late{hours}", hours) for hours in (9, 10, 11, 12)]
    early = [clock(f"INC-early{number}", 6, stopped=False) for number in range(4)]
    risk = {risk.record: risk for risk in risky(*ENDED[:3], *late, *early, clock("INC-open", 4, stopped=False))}
    assert (risk["INC-open"].similar, risk["INC-open"].missed, risk["INC-open"].undecided) == (9, 4, 4)
    assert risk["INC-open"].share == pytest.approx(8 / 9), "to leave them out would make it 4 of 5"
    few = [clock(f"INC-few{number}", 7, stopped=False) for number in range(9)]
    risk = {risk.record: risk for risk in risky(*ENDED[2:6], *few, clock("INC-open", 4, stopped=False))}["INC-open"]
    assert (risk.similar, risk.undecided, risk.share) == (13, 9, None), "four are decided, and an estimate needs five"


def test_of_too_few_of_the_service_those_of_every_service_are_taken():
    few = [clock(f"INC-s{hours}", hours, service="SVC-till") for hours in (5, 9)]
    (risk,) = risky(*ENDED, *few, clock("INC-open", 4, stopped=False, service="SVC-till"))
    assert (risk.of_service, risk.similar, risk.missed) == (False, 8, 3)


def test_small_numbers_give_no_estimate():
    open_one = clock("INC-open", 4, stopped=False)
    (risk,) = risky(*ENDED[2:6], open_one)
    assert (risk.similar, risk.share, risk.likely) == (4, None, False)
    (risk,) = risky(clock("INC-open", 7, stopped=False))
    assert (risk.similar, risk.share, risk.likely) == (0, None, True), "most of its limit is used"


@pytest.mark.parametrize(
    "other", [{"priority": "P1"}, {"measure": "response"}, {"kind": "service-request"}, {"agreement": "SUA-a"}]
)
def test_what_differs_is_not_similar(other):
    (risk,) = risky(*(row | other for row in ENDED), clock("INC-open", 4, stopped=False))
    assert risk.similar == 0


def test_those_past_their_limit_come_first_then_the_likelier():
    found = risky(
        *ENDED,
        clock("INC-early", 1, stopped=False),
        clock("INC-near", 6, stopped=False),
        clock("INC-late", 9, stopped=False),
        clock("INC-unknown", 7, stopped=False, priority="P4"),
        clock("INC-none", 0, stopped=False, left_out="no SLA"),
    )
    assert [risk.record for risk in found] == ["INC-late", "INC-near", "INC-unknown", "INC-early"]
    assert [risk.breached for risk in found] == [True, False, False, False]


def test_a_limit_of_nothing_is_used_up():
    assert risky(clock("INC-open", 0, stopped=False, limit=0))[0].used == 1
