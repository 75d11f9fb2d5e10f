"""Where clocks start and what stops them: the rules of `clock/timer.py` on `from`, `until` and the team."""

import pytest

from week import HOUR, REQUEST, agreed, at, drawn, only, sla, target, timers

DAY = "mon 09:00 opened", "mon 10:00 responded", "mon 12:00 resolved"


@pytest.mark.parametrize(
    ("start", "instant"),
    [
        ("opened", "mon 09:00"),
        ("detected", "mon 08:00"),
        ("assigned", "mon 09:30"),
        ("responded", "mon 10:00"),
        ("major-declared", "mon 11:00"),
    ],
)
def test_the_clock_starts_at_the_event_that_the_target_names(start, instant):
    timer = only(
        "resolution",
        agreed(target("resolution", "4h", **{"from": start})),
        "mon 08:00 detected",
        "mon 09:00 opened",
        "mon 09:30 assigned to=shop",
        "mon 10:00 responded",
        "mon 11:00 major-declared",
        "mon 11:30 assigned to=network",
        "mon 12:00 resolved",
    )
    assert (timer.start, timer.counted_seconds) == (at(instant), (at("mon 12:00") - at(instant)).seconds)


def test_what_was_noticed_when_it_was_opened_counts_from_there():
    timer = only("resolution", agreed(target("resolution", "4h", **{"from": "detected"})), *DAY)
    assert (timer.start, timer.counted_seconds) == (at("mon 09:00"), 3 * HOUR)


def test_the_time_before_the_opening_stands_at_the_event_that_noticed_it():
    timer = only(
        "resolution",
        agreed(target("resolution", "4h", **{"from": "detected"})),
        "mon 08:00 detected",
        *DAY,
    )
    first = timer.segments[0]
    assert (first.what, first.end, first.pointer) == ("counting", at("mon 09:00"), ("timeline", 0))


def test_until_the_starting_event_has_come_there_is_no_timer():
    major = agreed(target("resolution", "4h", **{"from": "major-declared"}), target("response", "1h"))
    assert [timer.measure for timer in timers(major, *DAY)] == ["response"]


def test_the_version_is_that_of_the_day_on_which_the_clock_starts():
    first = agreed(target("resolution", "4h", **{"from": "assigned"}), target("response", "1h"), valid_to="2026-03-02")
    second = agreed(target("resolution", "8h", **{"from": "assigned"}), valid_from="2026-03-03")
    found = timers((sla(first, second),), "mon 09:00 opened", "tue 09:00 assigned to=shop", "tue 10:00 resolved")
    assert [(timer.measure, timer.sla_version, timer.limit_seconds) for timer in found] == [
        ("response", 1, HOUR),
        ("resolution", 2, 8 * HOUR),
    ]


def test_a_gap_at_a_later_start_is_said_for_what_was_to_start_there():
    ended = agreed(target("resolution", "4h", **{"from": "assigned"}), target("response", "1h"), valid_to="2026-03-02")
    timer = only("resolution", ended, "mon 09:00 opened", "tue 09:00 assigned to=shop", "tue 10:00 resolved")
    assert (timer.left_out, timer.start) == ("no SLA version in force", at("tue 09:00"))


def test_restoration_ends_when_the_service_is_back_and_else_when_it_is_resolved():
    back = agreed(target("restoration", "4h"))
    restored = only("restoration", back, "mon 09:00 opened", "mon 10:00 restored", "mon 12:00 resolved")
    assert (restored.stop, restored.counted_seconds) == (at("mon 10:00"), HOUR)
    assert only("restoration", back, *DAY).stop == at("mon 12:00")


def test_restored_again_after_it_was_reopened():
    timer = only(
        "restoration",
        agreed(target("restoration", "4h")),
        "mon 09:00 opened",
        "mon 10:00 restored",
        "mon 11:00 resolved",
        "mon 15:00 reopened",
        "mon 16:00 restored",
    )
    assert (timer.stop, timer.counted_seconds) == (at("mon 16:00"), 3 * HOUR)


def test_restored_before_the_clock_starts_it_stops_there():
    timer = only(
        "restoration",
        agreed(target("restoration", "4h", **{"from": "assigned"})),
        "mon 09:00 opened",
        "mon 10:00 restored",
        "mon 11:00 assigned to=shop",
    )
    assert (timer.stop, timer.counted_seconds, timer.state) == (at("mon 11:00"), 0, "met")


def test_a_request_is_fulfilled_in_the_hours_agreed():
    asked = agreed(target("fulfilment", "8h", time="working"))
    timer = only("fulfilment", asked, "mon 15:00 opened", "tue 10:00 fulfilled", record_id=REQUEST)
    assert (timer.kind, timer.counted_seconds, timer.state) == ("service-request", 3 * HOUR, "met")
    assert timer.priority == "P3"


def test_a_request_may_last_until_it_is_closed():
    asked = agreed(target("fulfilment", "8h", until="closed"))
    timer = only("fulfilment", asked, "mon 09:00 opened", "mon 10:00 fulfilled", "mon 12:00 closed", record_id=REQUEST)
    assert timer.counted_seconds == 3 * HOUR


def test_an_sla_that_does_not_speak_of_requests_has_no_clock_for_them():
    assert timers(agreed(target("resolution", "8h")), "mon 09:00 opened", record_id=REQUEST) == []


def test_a_request_for_which_nothing_fits_says_so():
    other = agreed(target("fulfilment", "8h", request_types=["New till"]))
    timer = only("fulfilment", other, "mon 09:00 opened", record_id=REQUEST)
    assert timer.left_out == "no fulfilment target for P3"


def test_a_request_that_was_rejected_is_left_out():
    timer = only(
        "fulfilment", agreed(target("fulfilment", "8h")), "mon 09:00 opened", "mon 10:00 rejected", record_id=REQUEST
    )
    assert (timer.left_out, timer.stop) == ("rejected", at("mon 10:00"))


def test_a_target_may_be_for_some_services_only():
    found = timers(agreed(target("resolution", "8h", services=["SVC-till"]), target("response", "1h")), *DAY)
    assert [timer.left_out for timer in found] == [None, "no resolution target for P3"]


def test_with_a_team_named_only_its_time_counts():
    """GLPI 1911: the clock of a group was wanted, started by the assignment."""
    timer = only(
        "resolution",
        agreed(target("resolution", "4h", **{"from": "assigned", "assigned_to": "network"})),
        "mon 09:00 opened",
        "mon 09:30 assigned to=service-desk",
        "mon 10:00 assigned to=network",
        "mon 12:00 assigned to=shop",
        "mon 13:00 paused code=waiting-for-customer",
        "mon 15:00 assigned to=network",
        "mon 16:00 resumed",
        "mon 17:00 resolved",
    )
    assert drawn(timer) == [
        ("counting", "", 2),
        ("elsewhere", "shop", 3),
        ("paused", "waiting-for-customer", 1),
        ("counting", "", 1),
    ]
    assert (timer.start, timer.paused_seconds) == (at("mon 10:00"), HOUR)


def test_without_a_team_named_it_goes_on_whoever_has_it():
    timer = only(
        "resolution",
        agreed(target("resolution", "4h", **{"from": "assigned"})),
        "mon 09:00 opened",
        "mon 10:00 assigned to=network",
        "mon 11:00 assigned to=shop",
        "mon 12:00 resolved",
    )
    assert timer.counted_seconds == 2 * HOUR


def test_working_time_without_a_calendar_is_left_out_and_elapsed_time_is_not():
    found = timers(agreed(target("response", "1h"), target("resolution", "4h", time="working"), calendar=None), *DAY)
    assert [(timer.measure, timer.left_out) for timer in found] == [
        ("response", None),
        ("resolution", "no calendar agreed"),
    ]


def test_exactly_on_the_limit_is_a_breach_where_that_was_agreed():
    on_the_limit = target("resolution", "3h")
    assert only("resolution", agreed(on_the_limit), *DAY).state == "met"
    breached = only("resolution", agreed(on_the_limit, rules={"exactly_on_limit": "breached"}), *DAY)
    assert (breached.state, breached.settled, breached.due) == ("breached", at("mon 12:00"), at("mon 12:00"))


def test_a_clock_may_be_judged_only_when_it_stops():
    at_stop = agreed(target("resolution", "2h"), rules={"still_open": "at-stop"})
    running = only("resolution", at_stop, "mon 09:00 opened", as_of="mon 15:00")
    assert (running.state, running.met, running.settled) == ("running", None, None)
    stopped = only("resolution", at_stop, *DAY)
    assert (stopped.state, stopped.settled, stopped.due) == ("breached", at("mon 12:00"), at("mon 11:00"))


def test_of_two_events_in_one_second_the_file_says_which_was_before():
    reopened = only(
        "resolution",
        agreed(target("resolution", "4h")),
        "mon 09:00 opened",
        "mon 10:00 resolved",
        "mon 10:00 reopened",
        as_of="mon 11:00",
    )
    assert (reopened.stop, reopened.counted_seconds) == (None, 2 * HOUR)
