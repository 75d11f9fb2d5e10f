"""Which pauses stop a clock: codes, evidence, a maximum, and pauses that join."""

from week import HOUR, agreed, at, drawn, only, target

EIGHT = target("resolution", "8h")


def stops(*entries, **more):
    return agreed(target("resolution", "8h", **more), clock_stops=list(entries))


def asked(code="waiting-for-customer", **more):
    return {"code": code, **more}


def test_a_pause_without_the_evidence_that_was_agreed_counts_and_says_so():
    timer = only(
        "resolution",
        stops(asked(evidence=True)),
        "mon 09:00 opened",
        "mon 10:00 paused code=waiting-for-customer",
        "mon 12:00 resumed",
        "mon 13:00 paused code=waiting-for-customer evidence=MSG-17",
        "mon 14:00 resolved",
    )
    assert drawn(timer) == [
        ("counting", "", 1),
        ("counting", "waiting-for-customer: no evidence", 2),
        ("counting", "", 1),
        ("paused", "waiting-for-customer", 1),
    ]


def test_evidence_that_comes_later_stops_the_clock_from_there():
    timer = only(
        "resolution",
        stops(asked(evidence=True)),
        "mon 09:00 opened",
        "mon 10:00 paused code=waiting-for-customer",
        "mon 11:00 paused code=waiting-for-customer evidence=MSG-17 by=service-desk",
        "mon 14:00 resolved",
    )
    assert (timer.counted_seconds, timer.paused_seconds) == (2 * HOUR, 3 * HOUR)
    assert (timer.segments[-1].pointer, timer.segments[-1].by) == (("timeline", 2), "service-desk")


def test_after_the_maximum_the_clock_goes_on():
    timer = only(
        "resolution",
        stops(asked(maximum="2h")),
        "mon 09:00 opened",
        "mon 10:00 paused code=waiting-for-customer",
        "mon 15:00 resolved",
    )
    assert drawn(timer) == [
        ("counting", "", 1),
        ("paused", "waiting-for-customer", 2),
        ("counting", "waiting-for-customer: longer than agreed", 3),
    ]


def test_the_maximum_is_in_the_time_of_the_target():
    timer = only(
        "resolution",
        stops(asked(maximum="4h"), time="working"),
        "mon 15:00 opened",
        "mon 16:00 paused code=waiting-for-customer",
        "tue 15:00 resolved",
    )
    assert (timer.paused_seconds, timer.counted_seconds) == (4 * HOUR, 4 * HOUR)


def test_the_maximum_goes_on_where_the_same_code_is_paused_again():
    timer = only(
        "resolution",
        stops(asked(maximum="2h")),
        "mon 09:00 opened",
        "mon 10:00 paused code=waiting-for-customer",
        "mon 11:00 paused code=waiting-for-customer",
        "mon 15:00 resolved",
    )
    assert timer.paused_seconds == 2 * HOUR


def test_each_pause_has_its_own_maximum():
    timer = only(
        "resolution",
        stops(asked(maximum="2h")),
        "mon 09:00 opened",
        "mon 10:00 paused code=waiting-for-customer",
        "mon 13:00 resumed",
        "mon 14:00 paused code=waiting-for-customer",
        "mon 17:00 resolved",
    )
    assert timer.paused_seconds == 4 * HOUR


def test_the_maximum_counts_from_before_the_start_of_the_clock():
    late = agreed(target("resolution", "8h", **{"from": "assigned"}), clock_stops=[asked(maximum="2h")])
    timer = only(
        "resolution",
        late,
        "mon 09:00 opened",
        "mon 10:00 paused code=waiting-for-customer",
        "mon 11:00 assigned to=network",
        "mon 15:00 resolved",
    )
    assert (timer.paused_seconds, timer.counted_seconds) == (HOUR, 3 * HOUR)


def test_a_pause_stops_the_clock_while_any_of_its_codes_does():
    timer = only(
        "resolution",
        stops(asked(maximum="1h"), asked("waiting-for-supplier", maximum="2h")),
        "mon 09:00 opened",
        "mon 10:00 paused code=waiting-for-customer",
        "mon 10:30 paused code=waiting-for-supplier",
        "mon 15:00 resolved",
    )
    assert (timer.paused_seconds, timer.counted_seconds) == (2.5 * HOUR, 3.5 * HOUR)
    assert drawn(timer)[-1] == (
        "counting",
        "waiting-for-customer: longer than agreed, waiting-for-supplier: longer than agreed",
        2.5,
    )


def test_a_clock_that_went_on_by_itself_may_be_breached_in_the_pause():
    timer = only(
        "resolution",
        stops(asked(maximum="2h")),
        "mon 09:00 opened",
        "mon 10:00 paused code=waiting-for-customer",
        as_of="tue 10:00",
    )
    assert (timer.state, timer.due) == ("breached", at("mon 19:00"))


def test_a_pause_that_was_begun_before_the_clock_started_stops_it():
    late = agreed(target("resolution", "8h", **{"from": "assigned"}))
    timer = only(
        "resolution",
        late,
        "mon 09:00 opened",
        "mon 10:00 paused code=waiting-for-customer by=service-desk",
        "mon 11:00 assigned to=network",
        "mon 12:00 resumed",
        "mon 13:00 resolved",
    )
    assert drawn(timer) == [("paused", "waiting-for-customer", 1), ("counting", "", 1)]
    assert (timer.segments[0].pointer, timer.segments[0].by) == (("timeline", 1), "service-desk")


def test_a_night_in_which_a_pause_begins_is_one_night():
    timer = only(
        "resolution",
        agreed(target("resolution", "16h", time="working")),
        "mon 16:00 opened",
        "mon 20:00 paused code=waiting-for-customer",
        "tue 10:00 resumed",
        "tue 11:00 resolved",
    )
    assert drawn(timer) == [
        ("counting", "", 1),
        ("closed", "", 16),
        ("paused", "waiting-for-customer", 1),
        ("counting", "", 1),
    ]
