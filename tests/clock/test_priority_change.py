"""What becomes of a clock when the priority changes: retain-pauses, retain or restart, as the SLA version says."""

import pytest

from week import HOUR, agreed, at, drawn, only, target

LIMITS = target("resolution", "8h", priority="P3"), target("resolution", "4h", priority="P1")
UP = "impact=high urgency=high"
LINES = (
    "mon 09:00 opened",
    "mon 10:00 paused code=waiting-for-customer",
    "mon 12:00 resumed",
    f"mon 13:00 reprioritised {UP}",
    "mon 15:00 resolved",
)


@pytest.mark.parametrize(
    ("rule", "counted", "paused", "due"),
    [
        ("retain-pauses", 4, 2, "mon 15:00"),
        ("retain", 6, 0, "mon 13:00"),
        ("restart", 2, 0, "mon 17:00"),
    ],
)
def test_each_rule_on_one_case(rule, counted, paused, due):
    timer = only("resolution", agreed(*LIMITS, rules={"priority_change": rule}), *LINES)
    assert (timer.priority, timer.limit_seconds, timer.start) == ("P1", 4 * HOUR, at("mon 09:00"))
    assert (timer.counted_seconds, timer.paused_seconds, timer.due) == (counted * HOUR, paused * HOUR, at(due))


def test_retain_says_why_a_pause_counts():
    timer = only("resolution", agreed(*LIMITS, rules={"priority_change": "retain"}), *LINES)
    assert drawn(timer)[1] == ("counting", "waiting-for-customer: before the priority changed", 2)


def test_retain_parts_a_pause_in_which_the_priority_changes():
    timer = only(
        "resolution",
        agreed(*LIMITS, rules={"priority_change": "retain"}),
        "mon 09:00 opened",
        "mon 10:00 paused code=waiting-for-customer",
        f"mon 11:00 reprioritised {UP}",
        "mon 13:00 resolved",
    )
    assert (timer.counted_seconds, timer.paused_seconds) == (2 * HOUR, 2 * HOUR)


def test_restart_names_the_event_that_dropped_what_lay_before():
    timer = only("resolution", agreed(*LIMITS, rules={"priority_change": "restart"}), *LINES)
    first = timer.segments[0]
    assert (first.what, first.why, first.pointer, first.end) == (
        "dropped",
        "reprioritised",
        ("timeline", 3),
        at("mon 13:00"),
    )


def test_an_assessment_that_leaves_the_level_is_no_change():
    timer = only(
        "resolution",
        agreed(*LIMITS, rules={"priority_change": "restart"}),
        "mon 09:00 opened",
        "mon 11:00 reprioritised impact=high urgency=low",
        "mon 12:00 resolved",
    )
    assert (timer.priority, timer.counted_seconds) == ("P3", 3 * HOUR)


def test_an_assessment_after_the_stop_changes_nothing():
    """A response that was given in time for a P3 is not judged by what the incident became later."""
    answers = target("response", "2h", priority="P3"), target("response", "15m", priority="P1")
    timer = only(
        "response", agreed(*answers), "mon 09:00 opened", "mon 10:00 responded", f"mon 10:00 reprioritised {UP}"
    )
    assert (timer.priority, timer.limit_seconds, timer.state) == ("P3", 2 * HOUR, "met")


def test_a_response_that_was_given_is_not_asked_for_again():
    timer = only(
        "response",
        agreed(target("response", "2h"), rules={"priority_change": "restart"}),
        "mon 09:00 opened",
        "mon 10:00 responded",
        f"mon 12:00 reprioritised {UP}",
    )
    assert (timer.stop, timer.counted_seconds) == (at("mon 10:00"), HOUR)


def test_of_two_restarts_the_later_holds():
    both = agreed(*LIMITS, rules={"priority_change": "restart", "reopening": "restart"})
    lines = (*LINES, "tue 09:00 reopened", "tue 10:00 reprioritised impact=low urgency=high", "tue 11:00 resolved")
    assert only("resolution", both, *lines).counted_seconds == HOUR
    assert only("resolution", both, *LINES, "tue 09:00 reopened", "tue 11:00 resolved").counted_seconds == 2 * HOUR


def test_a_change_back_is_judged_by_the_level_at_the_end():
    timer = only(
        "resolution",
        agreed(*LIMITS),
        "mon 09:00 opened",
        f"mon 10:00 reprioritised {UP}",
        "mon 11:00 reprioritised impact=medium urgency=medium",
        "mon 15:00 resolved",
    )
    assert (timer.priority, timer.state) == ("P3", "met")
