"""The shipped metrics on a small book, counted by hand, and how a measure is grouped."""

from datetime import datetime

import pytest

from memory import calendar, incident, make_book, matrix, sla
from servicebook import facts
from servicebook.clock import zone
from servicebook.errors import Problem
from servicebook.metrics import Group, Measure, Period, dimensions, measure, read_metrics

AMSTERDAM = zone("Europe/Amsterdam")
CRITICAL = {"impact": "high", "urgency": "high"}
BOOK = make_book(
    calendar(),
    matrix(),
    sla(),
    # Met: responded in 10 minutes, resolved in three hours of work.
    incident(
        "2026-03-02T09:00:00+01:00 opened",
        "2026-03-02T09:10:00+01:00 responded",
        "2026-03-02T12:00:00+01:00 resolved",
        "2026-03-05T12:00:00+01:00 closed",
        record_id="INC-20260302-aaaa",
        channel="phone",
    ),
    # Missed at 13:00 on 30 March, resolved in April, reopened and resolved again.
    incident(
        "2026-03-30T09:00:00+02:00 opened",
        "2026-04-01T10:00:00+02:00 resolved",
        "2026-04-02T10:00:00+02:00 reopened",
        "2026-04-02T12:00:00+02:00 resolved",
        record_id="INC-20260330-bbbb",
        channel="email",
        **CRITICAL,
    ),
    # Still open, and its limit has passed.
    incident("2026-03-31T09:00:00+02:00 opened", record_id="INC-20260331-cccc", channel="phone"),
    # Open, within its limit.
    incident("2026-04-10T16:00:00+02:00 opened", record_id="INC-20260410-dddd"),
    # Cancelled, and without a service.
    incident("2026-03-03T09:00:00+01:00 opened", "2026-03-03T10:00:00+01:00 cancelled", record_id="INC-20260303-eeee"),
    incident(
        "2026-03-04T09:00:00+01:00 opened",
        "2026-03-04T10:00:00+01:00 resolved",
        record_id="INC-20260304-ffff",
        service=None,
    ),
)
FACTS = facts.compute(BOOK, datetime.fromisoformat("2026-04-11T12:00:00+02:00"))
METRICS = read_metrics(BOOK.tree)


def measured(name: str, label: str, *by: str) -> Measure:
    return measure(FACTS, METRICS[name], Period.parse(label, AMSTERDAM), by)


def whole(name: str, label: str) -> Group:
    (group,) = measured(name, label).groups
    return group


def used(group: Group) -> dict[str, float]:
    return {row.id[-4:]: row.value for row in group.rows if row.left_out is None}


def test_opened():
    assert whole("incidents-opened", "2026-03").values == {"count": 5}
    assert set(used(whole("incidents-opened", "2026-04"))) == {"dddd"}


def test_closed():
    assert set(used(whole("incidents-closed", "2026"))) == {"aaaa"}


def test_the_backlog_is_what_is_open_at_the_end_of_the_period():
    assert set(used(whole("backlog", "2026-03"))) == {"bbbb", "cccc"}
    assert set(used(whole("backlog", "2026-04-01..2026-04-01"))) == {"cccc"}  # bbbb was resolved, not yet back
    assert set(used(whole("backlog", "2026-04-02..2026-04-02"))) == {"cccc"}
    assert set(used(whole("backlog", "2026"))) == {"cccc", "dddd"}


def test_the_backlog_sees_an_incident_that_came_back():
    book = make_book(
        incident(
            "2026-04-01T09:00:00+02:00 opened",
            "2026-04-01T10:00:00+02:00 resolved",
            "2026-04-02T10:00:00+02:00 reopened",
            "2026-04-04T12:00:00+02:00 resolved",
        )
    )
    table = facts.compute(book, FACTS.as_of)
    days = [f"2026-04-0{day}..2026-04-0{day}" for day in range(1, 6)]
    backlog = [measure(table, METRICS["backlog"], Period.parse(day, AMSTERDAM)).groups[0].n for day in days]
    assert backlog == [0, 1, 1, 0, 0]


def test_time_to_restore():
    march = whole("time-to-restore", "2026-03")
    assert used(march) == {"aaaa": 3, "ffff": 1}
    assert march.values == {"mean": 2, "median": 2, "p90": 3}
    assert used(whole("time-to-restore", "2026-04")) == {"bbbb": 75}


def test_time_to_restore_begins_when_it_was_noticed():
    noticed = incident("2026-04-01T09:00:00Z detected", "2026-04-01T10:00:00Z opened", "2026-04-01T11:00:00Z resolved")
    table = facts.compute(make_book(noticed), FACTS.as_of)
    (group,) = measure(table, METRICS["time-to-restore"], Period.parse("2026-04", AMSTERDAM)).groups
    assert group.values["mean"] == 2


def test_resolution_attainment_counts_each_outcome_once_where_it_stood():
    march = whole("sla-resolution-attainment", "2026-03")
    assert used(march) == {"aaaa": 1, "bbbb": 0, "cccc": 0}
    assert march.left_out == {"cancelled": 1, "no service": 1}
    assert march.values["share"] == pytest.approx(100 / 3)
    assert (march.n, march.small) == (3, True)
    april = whole("sla-resolution-attainment", "2026-04")
    assert (april.n, april.values) == (0, {"share": None})


def test_attainment_counts_clocks_and_says_so():
    book = make_book(
        calendar(),
        matrix(),
        sla(),
        sla(record_id="SLA-shop-again"),
        incident("2026-03-02T09:00:00+01:00 opened", "2026-03-02T12:00:00+01:00 resolved"),
    )
    table = facts.compute(book, FACTS.as_of)
    for name, kind in (("sla-resolution-attainment", "resolution"), ("sla-response-attainment", "response")):
        period = Period.parse("2026-03", AMSTERDAM)
        (whole,) = measure(table, METRICS[name], period).groups
        assert len({row.id for row in whole.rows}) == 1
        assert [group.n for group in measure(table, METRICS[name], period, ["sla"]).groups] == [1, 1]
        assert whole.n == 2
        assert METRICS[name].definition.startswith(f"Of the {kind} clocks ")
        assert "under two SLAs two" in METRICS[name].definition
        assert "两个 SLA 则两个" in METRICS[name].defined("zh")


def test_response_attainment():
    march = whole("sla-response-attainment", "2026-03")
    assert used(march) == {"aaaa": 1, "bbbb": 0, "cccc": 0}


def test_reopened_share_looks_at_the_first_resolution():
    april = whole("reopened-share", "2026-04")
    assert (used(april), april.values) == ({"bbbb": 1}, {"share": 100})
    assert used(whole("reopened-share", "2026-03")) == {"aaaa": 0, "ffff": 0}


def test_groups_are_in_order_and_what_has_no_value_comes_last():
    groups = measured("incidents-opened", "2026", "channel", "priority").groups
    assert [(tuple(group.key.values()), group.n) for group in groups] == [
        (("email", "P1"), 1),
        (("phone", "P3"), 2),
        ((None, "P3"), 3),
    ]


def test_groups_are_parts_of_the_whole():
    for name in METRICS:
        parts = measured(name, "2026", *dimensions(FACTS, METRICS[name])[1:3]).groups
        assert sorted(row for part in parts for row in [(r.id, r.left_out or "") for r in part.rows]) == sorted(
            (r.id, r.left_out or "") for r in whole(name, "2026").rows
        )


def test_a_dimension_that_there_is_not_is_refused_with_those_that_there_are():
    with pytest.raises(Problem, match="no dimension “team”") as raised:
        measured("backlog", "2026", "team")
    assert raised.value.hint == "It has: book, service, priority, category, channel, state, opened_month."


def test_a_period_that_is_not_over_says_so():
    assert measured("backlog", "2026-03").complete
    assert not measured("backlog", "2026-04").complete


def test_periods_before_are_measured_as_well():
    period = Period.parse("2026-04", AMSTERDAM)
    (group,) = measure(FACTS, METRICS["incidents-opened"], period, previous=2).groups
    assert [(one.label, one.values, one.n, one.complete) for one in group.previous] == [
        ("2026-03", {"count": 5}, 5, True),
        ("2026-02", {"count": 0}, 0, True),
    ]
    groups = measure(FACTS, METRICS["incidents-opened"], period, ["channel"], previous=1).groups
    assert [(group.key["channel"], group.n, group.values, group.previous[0].n) for group in groups] == [
        ("email", 0, {"count": 0}, 1),
        ("phone", 0, {"count": 0}, 2),
        (None, 1, {"count": 1}, 2),
    ], "what there only was in the period before is there as well"
    (email, *_) = measure(
        FACTS, METRICS["time-to-restore"], Period.parse("2026-05", AMSTERDAM), ["channel"], previous=1
    ).groups
    assert (email.key, email.n, email.values["mean"], email.rows) == ({"channel": "email"}, 0, None, [])
    assert measure(FACTS, METRICS["incidents-opened"], period).groups[0].previous == []


def test_before_1900_there_is_no_period():
    (group,) = measure(FACTS, METRICS["incidents-opened"], Period.parse("1901", AMSTERDAM), previous=9).groups
    assert [one.label for one in group.previous] == ["1900"]
