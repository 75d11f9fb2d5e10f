"""The rules of `clock/timeline.py`, one by one."""

from datetime import datetime

from memory import incident, make_book
from servicebook.clock import Clock

LATER = datetime.fromisoformat("2026-12-31T00:00:00+00:00")


def walked(*events: str, as_of: datetime = LATER):
    book = make_book(incident(*events))
    return Clock(book).timeline(book.record("INC-20260302-aaaa"), as_of)


def test_states_adjoin_and_the_last_is_open():
    timeline = walked(
        "2026-03-02T09:00:00Z opened",
        "2026-03-02T09:10:00Z responded",
        "2026-03-02T10:00:00Z resolved",
        "2026-03-03T10:00:00Z closed",
    )
    assert [state.name for state in timeline.states] == ["new", "in-progress", "resolved", "closed"]
    assert [state.end for state in timeline.states[:-1]] == [state.start for state in timeline.states[1:]]
    assert timeline.states[-1].end is None
    assert timeline.status == "closed"
    assert [state.pointer for state in timeline.states] == [("timeline", place) for place in range(4)]


def test_events_after_as_of_are_not_seen():
    noon = datetime.fromisoformat("2026-03-02T12:00:00+00:00")
    timeline = walked(
        "2026-03-02T09:00:00Z opened", "2026-03-02T12:00:00Z responded", "2026-03-02T12:00:01Z resolved", as_of=noon
    )
    assert timeline.status == "in-progress"
    assert timeline.resolved is None


def test_events_are_taken_in_order_of_time():
    timeline = walked("2026-03-02T10:00:00Z resolved", "2026-03-02T09:00:00Z opened")
    assert timeline.status == "resolved"
    assert timeline.opened == datetime.fromisoformat("2026-03-02T09:00:00+00:00")


def test_what_the_lifecycle_does_not_allow_changes_nothing():
    timeline = walked("2026-03-02T09:00:00Z opened", "2026-03-02T10:00:00Z resumed", "2026-03-02T11:00:00Z closed")
    assert timeline.status == "new"
    assert timeline.closed is None


def test_a_pause_that_begins_in_a_pause_joins_it():
    timeline = walked(
        "2026-03-02T09:00:00Z opened",
        "2026-03-02T10:00:00Z paused waiting-for-supplier",
        "2026-03-02T11:00:00Z paused waiting-for-customer",
        "2026-03-02T12:00:00Z resumed",
    )
    assert [(state.name, state.codes) for state in timeline.states] == [
        ("new", ()),
        ("paused", ("waiting-for-supplier",)),
        ("paused", ("waiting-for-customer", "waiting-for-supplier")),
        ("in-progress", ()),
    ]


def test_the_last_resolution_counts_and_only_while_it_stands():
    events = ["2026-03-02T09:00:00Z opened", "2026-03-02T10:00:00Z resolved", "2026-03-03T09:00:00Z reopened"]
    assert walked(*events).resolved is None
    again = walked(*events, "2026-03-03T11:00:00Z resolved")
    assert again.resolved == datetime.fromisoformat("2026-03-03T11:00:00+00:00")
    assert again.count("reopened") == 1


def test_the_service_is_back_when_restored_or_else_when_resolved():
    restored = ["2026-03-02T09:00:00Z opened", "2026-03-02T09:30:00Z restored", "2026-03-02T10:00:00Z resolved"]
    assert walked(*restored).restored == datetime.fromisoformat("2026-03-02T09:30:00+00:00")
    assert walked(restored[0], restored[2]).restored == datetime.fromisoformat("2026-03-02T10:00:00+00:00")
    assert walked(*restored, "2026-03-03T09:00:00Z reopened").restored is None


def test_what_was_noticed_before_it_was_opened_is_kept():
    timeline = walked("2026-03-02T08:50:00Z detected", "2026-03-02T09:00:00Z opened")
    assert timeline.detected == datetime.fromisoformat("2026-03-02T08:50:00+00:00")
    assert timeline.opened == datetime.fromisoformat("2026-03-02T09:00:00+00:00")


def test_an_incident_that_is_not_opened_yet_has_no_status():
    assert walked("2026-03-02T08:50:00Z detected").status is None


def test_impact_and_urgency_are_those_last_assessed():
    timeline = walked("2026-03-02T09:00:00Z opened", "2026-03-02T09:30:00Z reprioritised high/low")
    assert timeline.assessed({"impact": "low", "urgency": "low"}) == ("high", "low")
