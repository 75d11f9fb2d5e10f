"""What becomes of a clock whose record is reopened: resume, restart or new, as the SLA version says."""

from week import HOUR, agreed, at, drawn, only, sla, target, timers

AGAIN = (
    "mon 09:00 opened",
    "mon 10:00 responded",
    "mon 11:00 resolved",
    "tue 09:00 reopened",
    "tue 11:00 responded",
    "tue 14:00 resolved",
)
BOTH = target("response", "2h"), target("resolution", "4h")


def told(rule, *lines, targets=BOTH, **more):
    found = timers(agreed(*targets, rules={"reopening": rule}), *(lines or AGAIN), **more)
    return [(timer.measure, timer.run, timer.start, timer.stop, timer.counted_seconds, timer.state) for timer in found]


def test_resume_goes_on_and_the_time_between_does_not_count():
    assert told("resume") == [
        ("response", 1, at("mon 09:00"), at("mon 10:00"), HOUR, "met"),
        ("resolution", 1, at("mon 09:00"), at("tue 14:00"), 7 * HOUR, "breached"),
    ]


def test_restart_drops_what_lies_before_and_asks_for_another_response():
    assert told("restart") == [
        ("response", 1, at("mon 09:00"), at("tue 11:00"), 2 * HOUR, "met"),
        ("resolution", 1, at("mon 09:00"), at("tue 14:00"), 5 * HOUR, "breached"),
    ]
    timer = only("resolution", agreed(target("resolution", "4h"), rules={"reopening": "restart"}), *AGAIN)
    assert drawn(timer) == [("dropped", "reopened", 24), ("counting", "", 5)]
    assert (timer.due, timer.segments[0].pointer) == (at("tue 13:00"), ("timeline", 3))


def test_what_was_dropped_is_dropped_by_night_too():
    working = agreed(target("resolution", "8h", time="working"), rules={"reopening": "restart"})
    assert drawn(only("resolution", working, *AGAIN))[0] == ("dropped", "reopened", 24)


def test_restart_forgets_the_pauses_before():
    timer = only(
        "resolution",
        agreed(target("resolution", "4h"), rules={"reopening": "restart"}),
        "mon 09:00 opened",
        "mon 10:00 paused code=waiting-for-customer",
        "mon 11:00 resolved",
        "mon 12:00 reopened",
        "mon 13:00 resolved",
    )
    assert (timer.paused_seconds, timer.counted_seconds) == (0, HOUR)


def test_new_is_another_clock_and_the_first_keeps_its_outcome():
    assert told("new") == [
        ("response", 1, at("mon 09:00"), at("mon 10:00"), HOUR, "met"),
        ("response", 2, at("tue 09:00"), at("tue 11:00"), 2 * HOUR, "met"),
        ("resolution", 1, at("mon 09:00"), at("mon 11:00"), 2 * HOUR, "met"),
        ("resolution", 2, at("tue 09:00"), at("tue 14:00"), 5 * HOUR, "breached"),
    ]


def test_a_run_is_judged_by_the_version_in_force_when_it_started():
    first = agreed(target("resolution", "4h"), rules={"reopening": "new"}, valid_to="2026-03-02")
    second = agreed(target("resolution", "6h"), valid_from="2026-03-03")
    lines = *AGAIN, "wed 09:00 reopened", "wed 10:00 resolved"
    found = [timer for timer in timers((sla(first, second),), *lines) if timer.measure == "resolution"]
    assert [(timer.run, timer.sla_version, timer.counted_seconds) for timer in found] == [
        (1, 1, 2 * HOUR),
        (2, 2, 6 * HOUR),  # the second version resumes
    ]


def test_only_the_run_in_which_a_record_is_given_up_is_left_out():
    lines = *AGAIN[:4], "tue 10:00 cancelled"
    found = timers(agreed(*BOTH, rules={"reopening": "new"}), *lines)
    assert [(timer.measure, timer.run, timer.left_out) for timer in found] == [
        ("response", 1, None),
        ("response", 2, "cancelled"),
        ("resolution", 1, None),
        ("resolution", 2, "cancelled"),
    ]


def test_later_runs_start_at_their_reopening_whatever_the_first_started_at():
    later = (target("resolution", "4h", **{"from": "responded"}), target("response", "2h"))
    assert [row[:3] for row in told("new", targets=later) if row[0] == "resolution"] == [
        ("resolution", 1, at("mon 10:00")),
        ("resolution", 2, at("tue 09:00")),
    ]


def test_a_clock_until_closed_is_not_at_its_end_when_the_record_is_resolved():
    closed = (target("resolution", "40h", until="closed"),)
    lines = *AGAIN, "tue 16:00 closed"
    (row,) = [row for row in told("new", *lines, targets=closed) if row[0] == "resolution"]
    assert row == ("resolution", 1, at("mon 09:00"), at("tue 16:00"), 31 * HOUR, "met")


def test_level_and_team_are_carried_over_into_the_next_run():
    team = target("resolution", "4h", priority="P1", **{"from": "assigned", "assigned_to": "network"})
    found = timers(
        agreed(team, rules={"reopening": "new"}),
        "mon 09:00 opened",
        "mon 09:00 assigned to=network",
        "mon 10:00 reprioritised impact=high urgency=high",
        "mon 11:00 resolved",
        "tue 09:00 reopened",
        "tue 10:00 assigned to=shop",
        "tue 11:00 resolved",
    )
    runs = [timer for timer in found if timer.measure == "resolution"]
    assert [(timer.run, timer.priority, timer.counted_seconds) for timer in runs] == [
        (1, "P1", 2 * HOUR),
        (2, "P1", HOUR),
    ]
