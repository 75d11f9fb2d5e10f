"""The clocks of supporting agreements: a supplier's, another team's."""

from memory import calendar, make_book, matrix
from servicebook.clock import Clock
from week import HOUR, agreed, at, case, sla, supporting, target, timers

PROMISE = sla(agreed(target("resolution", "8h")))
DAY = "mon 09:00 opened", "mon 10:00 assigned to=network", "mon 12:00 resolved"
THEIRS = target("resolution", "4h", **{"from": "assigned", "assigned_to": "network"})


def theirs(agreement, *lines, **more):
    found = timers((PROMISE, agreement), *(lines or DAY), **more)
    return [timer for timer in found if timer.agreement is not None]


def test_a_supporting_agreement_has_a_clock_of_its_own():
    (timer,) = theirs(supporting(THEIRS))
    assert (timer.agreement, timer.agreement_version, timer.sla, timer.sla_version) == ("SUA-network", 1, "SLA-shop", 1)
    assert (timer.start, timer.counted_seconds, timer.target) == (
        at("mon 10:00"),
        2 * HOUR,
        ("versions", 0, "targets", 0),
    )
    assert (timer.priority, timer.matrix, timer.matrix_version) == ("P3", "MTX-standard", 1)


def test_it_stands_after_the_sla_whose_timers_have_no_agreement():
    found = timers((PROMISE, supporting(THEIRS)), *DAY)
    assert [(timer.measure, timer.agreement) for timer in found] == [
        ("response", None),
        ("resolution", None),
        ("resolution", "SUA-network"),
    ]


def test_it_has_its_own_reasons_to_pause_and_its_own_rules():
    pausing = supporting(
        target("resolution", "4h"),
        clock_stops=[{"code": "waiting-for-supplier"}],
        clock_rules={"exactly_on_limit": "breached"},
    )
    lines = "mon 09:00 opened", "mon 10:00 paused code=waiting-for-supplier", "mon 12:00 resumed", "mon 15:00 resolved"
    (timer,) = theirs(pausing, *lines)
    assert (timer.paused_seconds, timer.counted_seconds, timer.state) == (2 * HOUR, 4 * HOUR, "breached")


def test_it_gives_no_timer_where_nothing_can_be_judged():
    assert theirs(supporting(target("resolution", "4h", time="working"))) == []
    assert theirs(supporting(THEIRS), *DAY[:2], "mon 12:00 cancelled") == []
    assert theirs(supporting(target("resolution", "4h", priority="P1"))) == []


def test_it_is_none_of_its_business_what_another_sla_promises():
    other = {**PROMISE, "id": "SLA-other", "services": ["SVC-other"]}
    record = case(*DAY, service="SVC-other")
    book = make_book(calendar(), matrix(), PROMISE, other, supporting(THEIRS), record)
    found = Clock(book).timers(book.record(record["id"]), at("sun 23:00"))
    assert {timer.agreement for timer in found} == {None}


def test_of_two_slas_the_first_that_is_in_force_gives_the_priority():
    later = {**sla(agreed(target("resolution", "8h"), valid_from="2026-04-01"), record_id="SLA-early")}
    agreement = {**supporting(THEIRS), "supports": ["SLA-early", "SLA-shop"]}
    (timer,) = [timer for timer in timers((later, PROMISE, agreement), *DAY) if timer.agreement]
    assert timer.sla == "SLA-shop"
