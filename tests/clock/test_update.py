"""The time without news."""

import pytest

from week import HOUR, agreed, at, only, target, timers

NEWS = target("update", "2h")


@pytest.mark.parametrize(
    ("lines", "run", "start", "stop", "state"),
    [
        (("mon 10:00 informed", "mon 11:00 resolved"), 2, "mon 10:00", "mon 11:00", "met"),
        (("mon 12:00 informed", "mon 15:00 informed", "mon 16:00 resolved"), 1, "mon 09:00", "mon 12:00", "breached"),
        (("mon 10:00 informed", "mon 13:00 informed", "mon 14:00 resolved"), 2, "mon 10:00", "mon 13:00", "breached"),
        (("mon 10:00 informed", "mon 11:00 informed"), 3, "mon 11:00", None, "running"),
        (("mon 10:00 resolved", "tue 09:00 informed", "wed 09:00 closed"), 1, "mon 09:00", "mon 10:00", "met"),
        (("mon 10:00 resolved", "tue 09:00 reopened", "tue 10:00 resolved"), 2, "tue 09:00", "tue 10:00", "met"),
    ],
)
def test_the_first_gap_that_was_too_long_is_shown_and_else_the_last(lines, run, start, stop, state):
    timer = only("update", agreed(NEWS), "mon 09:00 opened", *lines, as_of="mon 12:00" if stop is None else "sun 09:00")
    assert (timer.run, timer.start, timer.state) == (run, at(start), state)
    assert timer.stop == (stop and at(stop))


def test_news_is_asked_for_while_somebody_waits_and_a_pause_is_allowed_for():
    timer = only(
        "update",
        agreed(NEWS),
        "mon 09:00 opened",
        "mon 10:00 paused code=waiting-for-customer",
        "mon 14:00 resumed",
        "mon 14:30 informed",
        "mon 15:00 resolved",
    )
    assert (timer.run, timer.state, timer.counted_seconds) == (2, "met", HOUR / 2)


def test_each_gap_is_judged_by_the_priority_at_its_end():
    limits = target("update", "4h", priority="P3"), target("update", "1h", priority="P1")
    timer = only(
        "update",
        agreed(*limits),
        "mon 09:00 opened",
        "mon 12:00 informed",
        "mon 12:10 reprioritised impact=high urgency=high",
        "mon 14:00 informed",
    )
    assert (timer.run, timer.priority, timer.state, timer.due) == (2, "P1", "breached", at("mon 13:00"))


def test_no_news_are_judged_of_what_was_cancelled():
    timer = only("update", agreed(NEWS), "mon 09:00 opened", "mon 15:00 informed", "mon 16:00 cancelled")
    assert (timer.left_out, timer.run) == ("cancelled", 2)


def test_an_update_does_not_overrule_the_response():
    """Zammad 5177: the target of the update overruled that of the response."""
    found = timers(
        agreed(NEWS, target("response", "1h")), "mon 09:00 opened", "mon 09:30 informed", "mon 11:00 responded"
    )
    assert [(timer.measure, timer.state) for timer in found][:1] == [("response", "breached")]


def test_news_may_be_promised_from_the_declaration_on():
    declared = agreed(target("update", "1h", **{"from": "major-declared"}))
    timer = only(
        "update", declared, "mon 09:00 opened", "mon 12:00 major-declared", "mon 12:30 informed", as_of="mon 13:00"
    )
    assert (timer.run, timer.start) == (2, at("mon 12:30"))


def test_exactly_on_the_limit_the_first_gap_is_shown_though_a_longer_one_came_later():
    exactly = agreed(target("update", "1h"), rules={"exactly_on_limit": "breached"})
    timer = only("update", exactly, "mon 09:00 opened", "mon 10:00 informed", "mon 13:00 resolved")
    assert (timer.run, timer.state, timer.counted_seconds) == (1, "breached", HOUR)


def test_a_gap_points_to_the_news_with_which_it_began():
    lines = "mon 09:00 opened", "mon 10:00 informed", "mon 11:00 responded", "mon 11:30 resolved"
    first, second = only("update", agreed(NEWS), *lines).segments
    assert (first.pointer, second.pointer) == (("timeline", 1), ("timeline", 2))
