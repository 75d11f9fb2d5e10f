"""The rules of `clock/timer.py`, and what users of other service desks complain of: each is a test here."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from memory import calendar, incident, make_book, matrix, sla, targets
from servicebook.clock import Clock, Timer

AGREED = (calendar(), matrix(), sla())
LATER = "2026-12-31T00:00:00Z"
HOUR = 3600


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def timers(*events: str, agreed=AGREED, as_of: str = LATER, zone: str = "Europe/Amsterdam", **fields) -> list[Timer]:
    book = make_book(*agreed, incident(*events, **fields), zone=zone)
    return Clock(book).timers(book.record("INC-20260302-aaaa"), at(as_of))


def resolution(*events: str, **given) -> Timer:
    (timer,) = [timer for timer in timers(*events, **given) if timer.measure == "resolution"]
    return timer


def response(*events: str, **given) -> Timer:
    (timer,) = [timer for timer in timers(*events, **given) if timer.measure == "response"]
    return timer


def drawn(timer: Timer) -> list[tuple[str, str, float]]:
    return [(segment.what, segment.why, segment.seconds / HOUR) for segment in timer.segments]


# The limit


def test_exactly_on_the_limit_is_met():
    assert resolution("2026-03-02T09:00:00+01:00 opened", "2026-03-02T17:00:00+01:00 resolved").state == "met"


def test_a_second_over_the_limit_is_breached():
    timer = resolution("2026-03-02T09:00:00+01:00 opened", "2026-03-03T09:00:01+01:00 resolved")
    assert (timer.state, timer.counted_seconds, timer.met) == ("breached", 8 * HOUR + 1, False)


def test_a_due_instant_at_closing_time_is_met_by_a_stop_before_the_next_opening():
    timer = resolution("2026-03-02T09:00:00+01:00 opened", "2026-03-02T23:00:00+01:00 resolved")
    assert (timer.state, timer.due) == ("met", at("2026-03-02T17:00:00+01:00"))


def test_a_clock_that_runs_is_running_and_then_breached():
    opened = "2026-03-02T09:00:00+01:00 opened"
    running = resolution(opened, as_of="2026-03-02T17:00:00+01:00")
    assert (running.state, running.met, running.stop) == ("running", None, None)
    breached = resolution(opened, as_of="2026-03-03T09:00:01+01:00")
    assert (breached.state, breached.met, breached.settled) == ("breached", False, at("2026-03-02T17:00:00+01:00"))


def test_what_happens_after_as_of_is_not_seen():
    events = "2026-03-02T09:00:00+01:00 opened", "2026-03-02T10:00:00+01:00 resolved"
    assert resolution(*events, as_of="2026-03-02T09:59:59+01:00").state == "running"
    assert timers(*events, as_of="2026-03-02T08:59:59+01:00") == []


def test_elapsed_time_counts_every_hour():
    timer = resolution(
        "2026-03-07T22:00:00+01:00 opened", "2026-03-08T02:00:00+01:00 resolved", impact="high", urgency="high"
    )
    assert (timer.priority, timer.counted_seconds, timer.state, timer.calendar) == ("P1", 4 * HOUR, "met", None)


def test_a_target_may_last_until_closed():
    agreed = calendar(), matrix(), sla(targets("resolution P3 8h working closed"))
    events = (
        "2026-03-02T09:00:00+01:00 opened",
        "2026-03-02T10:00:00+01:00 resolved",
        "2026-03-02T12:00:00+01:00 closed",
    )
    assert resolution(*events, agreed=agreed).counted_seconds == 3 * HOUR
    assert resolution(*events[:2], agreed=agreed, as_of="2026-03-02T11:00:00+01:00").state == "running"


# Pauses


def test_a_pause_over_closed_hours_is_taken_off_once():
    """GLPI 10594, ERPNext 49414, Frappe 2449: pauses over nights and weekends counted wrongly."""
    timer = resolution(
        "2026-03-06T15:00:00+01:00 opened",
        "2026-03-06T16:00:00+01:00 paused waiting-for-customer",
        "2026-03-09T10:00:00+01:00 resumed",
        "2026-03-09T12:00:00+01:00 resolved",
    )
    assert (timer.counted_seconds, timer.paused_seconds) == (3 * HOUR, 2 * HOUR)
    assert drawn(timer) == [
        ("counting", "", 1),
        ("paused", "waiting-for-customer", 1),
        ("closed", "", 64),
        ("paused", "waiting-for-customer", 1),
        ("counting", "", 2),
    ]


def test_resolved_straight_from_a_pause_the_pause_ends_there():
    """Frappe 3776: the hold time was lost, and the ticket took 42 days."""
    timer = resolution(
        "2026-03-02T09:00:00+01:00 opened",
        "2026-03-02T11:00:00+01:00 paused waiting-for-customer",
        "2026-04-13T11:00:00+02:00 resolved",
    )
    assert (timer.counted_seconds, timer.state) == (2 * HOUR, "met")


def test_a_clock_does_not_breach_while_it_is_paused():
    """GLPI 24481: tickets breached while pending."""
    events = "2026-03-02T09:00:00+01:00 opened", "2026-03-02T11:00:00+01:00 paused waiting-for-customer"
    timer = resolution(*events, as_of="2026-06-01T12:00:00+02:00")
    assert (timer.state, timer.counted_seconds) == ("running", 2 * HOUR)
    assert timer.due == at("2026-06-02T10:00:00+02:00")  # the six hours that are left, from as_of on


def test_a_change_of_priority_keeps_start_and_pauses():
    """GLPI 6902 and 15605: a change of priority dropped the earlier pauses."""
    timer = resolution(
        "2026-03-02T09:00:00+01:00 opened",
        "2026-03-02T09:10:00+01:00 paused waiting-for-customer",
        "2026-03-02T12:10:00+01:00 resumed",
        "2026-03-02T12:20:00+01:00 reprioritised high/high",
        "2026-03-02T15:00:00+01:00 resolved",
    )
    assert (timer.priority, timer.limit_seconds, timer.counted_seconds, timer.state) == (
        "P1",
        4 * HOUR,
        3 * HOUR,
        "met",
    )


def test_only_a_pause_that_the_sla_names_stops_the_clock():
    timer = resolution(
        "2026-03-02T09:00:00+01:00 opened",
        "2026-03-02T10:00:00+01:00 paused waiting-for-supplier",
        "2026-03-02T12:00:00+01:00 resumed",
        "2026-03-02T13:00:00+01:00 resolved",
    )
    assert (timer.counted_seconds, timer.paused_seconds) == (4 * HOUR, 0)
    assert drawn(timer)[1] == ("counting", "waiting-for-supplier: not agreed", 2)


def test_pauses_that_overlap_are_united():
    timer = resolution(
        "2026-03-02T09:00:00+01:00 opened",
        "2026-03-02T10:00:00+01:00 paused waiting-for-customer",
        "2026-03-02T11:00:00+01:00 paused waiting-for-supplier",
        "2026-03-02T14:00:00+01:00 resumed",
        "2026-03-02T15:00:00+01:00 resolved",
    )
    assert (timer.counted_seconds, timer.paused_seconds) == (2 * HOUR, 4 * HOUR)


def test_the_due_instant_moves_with_the_pauses():
    """GLPI 15948: what was used of the limit ignored the time of waiting."""
    timer = resolution(
        "2026-03-02T09:00:00+01:00 opened",
        "2026-03-02T10:00:00+01:00 paused waiting-for-customer",
        "2026-03-02T12:00:00+01:00 resumed",
        as_of="2026-03-02T13:00:00+01:00",
    )
    assert timer.due == at("2026-03-03T11:00:00+01:00")


# Reopened


def test_reopened_the_clock_runs_on_and_the_resolved_time_does_not_count():
    """GLPI 9267 and 23359; ServiceNow restarts or not by configuration. Ours resumes, and says so."""
    timer = resolution(
        "2026-03-02T09:00:00+01:00 opened",
        "2026-03-02T12:00:00+01:00 resolved",
        "2026-03-03T10:00:00+01:00 reopened",
        "2026-03-03T12:00:00+01:00 resolved",
    )
    assert (timer.counted_seconds, timer.stop, timer.state) == (5 * HOUR, at("2026-03-03T12:00:00+01:00"), "met")
    assert [what for what, _, _ in drawn(timer)] == ["counting", "resolved", "closed", "resolved", "counting"]


def test_reopened_and_not_resolved_again_the_clock_runs():
    timer = resolution(
        "2026-03-02T09:00:00+01:00 opened",
        "2026-03-02T12:00:00+01:00 resolved",
        "2026-03-03T10:00:00+01:00 reopened",
        as_of="2026-03-03T11:00:00+01:00",
    )
    assert (timer.state, timer.counted_seconds, timer.stop) == ("running", 4 * HOUR, None)


# Response


def test_response_ends_with_the_first_response_and_stays_ended():
    timer = response(
        "2026-03-02T09:00:00+01:00 opened",
        "2026-03-02T09:40:00+01:00 responded",
        "2026-03-02T12:00:00+01:00 resolved",
        "2026-03-03T10:00:00+01:00 reopened",
        "2026-03-04T10:00:00+01:00 responded",
    )
    assert (timer.counted_seconds, timer.state) == (40 * 60, "met")


def test_resolved_without_a_response_is_the_response():
    timer = response("2026-03-02T09:00:00+01:00 opened", "2026-03-02T10:30:00+01:00 resolved")
    assert (timer.stop, timer.state) == (at("2026-03-02T10:30:00+01:00"), "breached")


def test_a_response_outside_hours_counts_nothing_outside_hours():
    """GLPI 12167: a response taken outside hours was measured wrongly."""
    timer = response("2026-03-06T16:30:00+01:00 opened", "2026-03-07T11:00:00+01:00 responded")
    assert (timer.counted_seconds, timer.state) == (30 * 60, "met")


def test_opened_outside_hours_the_clock_starts_at_the_next_opening():
    """GLPI 687: what was created outside hours took no time at all."""
    timer = resolution("2026-03-07T12:00:00+01:00 opened", "2026-03-09T10:00:00+01:00 resolved")
    assert (timer.counted_seconds, timer.due) == (HOUR, at("2026-03-09T17:00:00+01:00"))


# Calendars and zones


def test_the_offset_in_which_a_time_is_written_does_not_matter():
    """Frappe 3776, ERPNext 38745, GLPI 15429: a deadline read in the viewer's zone gave false breaches."""
    here = resolution("2026-03-02T09:00:00+01:00 opened", "2026-03-02T17:00:00+01:00 resolved")
    there = resolution("2026-03-02T16:00:00+08:00 opened", "2026-03-02T11:00:00-05:00 resolved")
    assert (here.counted_seconds, here.due, here.state) == (there.counted_seconds, there.due, there.state)


def test_a_lunch_break_does_not_count():
    """Frappe 2212, osTicket 6847: only one interval a day."""
    split = {
        "zone": "Europe/Amsterdam",
        "weekly": [{"days": ["mon"], "hours": [{"from": "09:00", "to": "12:00"}, {"from": "13:00", "to": "17:00"}]}],
    }
    agreed = calendar(split), matrix(), sla()
    assert (
        resolution(
            "2026-03-02T11:00:00+01:00 opened", "2026-03-02T14:00:00+01:00 resolved", agreed=agreed
        ).counted_seconds
        == 2 * HOUR
    )


def test_a_week_need_not_begin_on_monday():
    """osTicket 6739."""
    agreed = (
        calendar(
            {"zone": "Asia/Dubai", "weekly": [{"days": ["sun", "mon"], "hours": [{"from": "09:00", "to": "17:00"}]}]}
        ),
        matrix(),
        sla(),
    )
    assert (
        resolution(
            "2026-03-01T12:00:00+04:00 opened", "2026-03-02T10:00:00+04:00 resolved", agreed=agreed
        ).counted_seconds
        == 6 * HOUR
    )


def test_a_holiday_is_named_where_it_closes():
    """Zammad 390: a live feed put regional holidays in. Ours are dates in the calendar, each with its name."""
    timer = resolution(
        "2026-12-24T16:00:00+01:00 opened", "2026-12-28T10:00:00+01:00 resolved", as_of="2027-01-31T00:00:00Z"
    )
    assert ("closed", "Christmas Day", 24) in drawn(timer)
    assert timer.counted_seconds == 2 * HOUR


# Versions in force


def test_an_sla_is_that_of_the_day_of_opening():
    """ServiceNow KB0869748: an edited definition judged old tickets anew. Zammad 5624: an old target persisted."""
    strict = {**targets("resolution P3 1h working"), "valid_from": "2026-04-01"}
    lenient = {**targets("resolution P3 8h working"), "valid_to": "2026-03-31"}
    agreed = calendar(), matrix(), sla(lenient, strict)
    before = resolution("2026-03-31T16:00:00+02:00 opened", "2026-04-01T12:00:00+02:00 resolved", agreed=agreed)
    after = resolution("2026-04-01T09:00:00+02:00 opened", "2026-04-01T12:00:00+02:00 resolved", agreed=agreed)
    assert (before.sla_version, before.state, before.target) == (1, "met", ("versions", 0, "targets", 0))
    assert (after.sla_version, after.state, after.target) == (2, "breached", ("versions", 1, "targets", 0))


def test_the_day_is_that_of_the_organisation():
    agreed = calendar(), matrix(), sla({**targets(), "valid_from": "2026-03-02"})
    opened, resolved = "2026-03-01T23:30:00Z opened", "2026-03-02T12:00:00Z resolved"
    assert resolution(opened, resolved, agreed=agreed, zone="Europe/Amsterdam").sla_version == 1
    assert resolution(opened, resolved, agreed=agreed, zone="UTC").left_out == "no SLA version in force"


def test_a_change_of_the_calendar_leaves_earlier_incidents_as_they_were():
    """Frappe rewrote open tickets when its list of holidays was edited."""
    first = {**calendar()["versions"][0], "valid_to": "2026-03-31"}
    second = {**first, "valid_from": "2026-04-01", "valid_to": "2026-12-31", "weekly": []}
    agreed = calendar(first, second), matrix(), sla()
    timer = resolution("2026-03-31T16:00:00+02:00 opened", "2026-04-01T12:00:00+02:00 resolved", agreed=agreed)
    assert (timer.calendar_version, timer.counted_seconds) == (1, 4 * HOUR)


# Left out, and why

OPEN_AND_DONE = "2026-03-02T09:00:00+01:00 opened", "2026-03-02T10:00:00+01:00 resolved"


@pytest.mark.parametrize(
    ("reason", "agreed", "fields"),
    [
        ("no service", AGREED, {"service": None}),
        ("no SLA for the service", AGREED, {"service": "SVC-other"}),
        ("no SLA version in force", (calendar(), matrix(), sla({**targets(), "valid_from": "2026-04-01"})), {}),
        ("more than one SLA version in force", (calendar(), matrix(), sla(targets(), targets())), {}),
        ("no resolution target for P4", AGREED, {"impact": "low", "urgency": "low"}),
        ("no such priority matrix", (calendar(), sla()), {}),
        (
            "no matrix version in force",
            (calendar(), matrix({**matrix()["versions"][0], "valid_from": "2026-04-01"}), sla()),
            {},
        ),
        ("no such calendar", (matrix(), sla()), {}),
        (
            "unknown time zone",
            (calendar({**calendar()["versions"][0], "zone": "Europe/Amsterdom"}), matrix(), sla()),
            {},
        ),
        (
            "no calendar version in force",
            (calendar({**calendar()["versions"][0], "valid_from": "2026-04-01"}), matrix(), sla()),
            {},
        ),
    ],
)
def test_a_timer_that_cannot_run_says_why(reason, agreed, fields):
    timer = resolution(*OPEN_AND_DONE, agreed=agreed, **fields)
    assert (timer.left_out, timer.state, timer.met, timer.counted_seconds) == (reason, None, None, None)
    assert (timer.start, timer.stop) == (at("2026-03-02T09:00:00+01:00"), at("2026-03-02T10:00:00+01:00"))


def test_what_was_cancelled_is_left_out():
    timer = resolution("2026-03-02T09:00:00+01:00 opened", "2026-03-02T10:00:00+01:00 cancelled")
    assert (timer.left_out, timer.stop) == ("cancelled", at("2026-03-02T10:00:00+01:00"))


def test_each_sla_of_a_service_has_its_own_timers():
    agreed = calendar(), matrix(), sla(), sla(targets("resolution P3 4h working"), record_id="SLA-wholesale")
    found = [(timer.sla, timer.measure, timer.limit_seconds) for timer in timers(*OPEN_AND_DONE, agreed=agreed)]
    assert found == [
        ("SLA-shop", "response", HOUR),
        ("SLA-shop", "resolution", 8 * HOUR),
        ("SLA-wholesale", "response", None),
        ("SLA-wholesale", "resolution", 4 * HOUR),
    ]


# What always holds

steps = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "paused waiting-for-customer",
                "paused waiting-for-supplier",
                "resumed",
                "responded",
                "resolved",
                "reopened",
                "closed",
            ]
        ),
        st.integers(0, 300_000),
    ),
    max_size=12,
)


@given(steps, st.sampled_from(["working", "elapsed"]), st.sampled_from(["resolved", "closed"]))
@settings(max_examples=300, deadline=None)
def test_segments_are_whole_and_sum_to_what_was_counted(steps, time, until):
    agreed = calendar(), matrix(), sla(targets(f"resolution P3 8h {time} {until}", f"response P3 1h {time}"))
    moment = at("2026-03-02T09:00:00+01:00")
    events = [f"{moment.isoformat()} opened"]
    for name, seconds in steps:
        moment += timedelta(seconds=seconds)
        events.append(f"{moment.isoformat()} {name}")
    for timer in timers(*events, agreed=agreed, as_of="2026-06-01T00:00:00Z"):
        segments = list(timer.segments)
        end = timer.stop or at("2026-06-01T00:00:00Z")
        edges = [timer.start, *(segment.end for segment in segments)]
        assert edges[:-1] == [segment.start for segment in segments]
        assert edges[-1] == end
        assert sum(segment.seconds for segment in segments if segment.what == "counting") == timer.counted_seconds
        assert sum(segment.seconds for segment in segments if segment.what == "paused") == timer.paused_seconds
        assert (timer.counted_seconds > timer.limit_seconds) == (timer.state == "breached")
        if timer.state == "breached":
            assert timer.due < end
