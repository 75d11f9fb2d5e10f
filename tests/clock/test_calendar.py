"""The rules of `clock/calendar.py`, one by one."""

from datetime import UTC, datetime
from itertools import pairwise

import pytest

from servicebook.clock import Calendar

OFFICE = [{"days": ["mon", "tue", "wed", "thu", "fri"], "hours": [{"from": "09:00", "to": "17:00"}]}]
ALWAYS = [{"days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"], "hours": [{"from": "00:00", "to": "24:00"}]}]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def laid_out(weekly, zone="Europe/Amsterdam", exceptions=()) -> Calendar:
    return Calendar({"zone": zone, "weekly": weekly, "exceptions": list(exceptions)})


def day(name: str, *hours: str) -> dict:
    return {"days": [name], "hours": [dict(zip(("from", "to"), text.split("-"), strict=True)) for text in hours]}


def hours_worked(calendar: Calendar, start: str, end: str) -> float:
    return calendar.worked(at(start), at(end)) / 3600


def test_a_lunch_break_is_not_worked():
    calendar = laid_out([day("mon", "09:00-12:00", "13:00-17:00")])
    assert hours_worked(calendar, "2026-03-02T11:00:00+01:00", "2026-03-02T14:00:00+01:00") == 2


def test_hours_that_overlap_or_touch_count_once():
    calendar = laid_out([day("mon", "09:00-12:00", "11:00-15:00"), day("mon", "15:00-16:00")])
    monday = at("2026-03-02T00:00:00+01:00"), at("2026-03-03T00:00:00+01:00")
    assert list(calendar.intervals(*monday)) == [(at("2026-03-02T08:00:00+00:00"), at("2026-03-02T15:00:00+00:00"))]


def test_hours_may_go_on_past_midnight():
    calendar = laid_out([day("mon", "22:00-06:00")])
    assert hours_worked(calendar, "2026-03-02T20:00:00+01:00", "2026-03-03T09:00:00+01:00") == 8
    assert hours_worked(calendar, "2026-03-03T20:00:00+01:00", "2026-03-04T09:00:00+01:00") == 0


def test_hours_that_end_when_they_start_last_a_day():
    calendar = laid_out([day("mon", "08:00-08:00")])
    assert hours_worked(calendar, "2026-03-01T00:00:00+01:00", "2026-03-05T00:00:00+01:00") == 24


def test_an_exception_without_hours_closes_the_day_and_gives_its_name_as_reason():
    calendar = laid_out(OFFICE, exceptions=[{"date": "2026-12-25", "name": "Christmas Day"}])
    stretches = list(calendar.stretches(at("2026-12-24T16:00:00+01:00"), at("2026-12-28T10:00:00+01:00")))
    assert [
        (stretch.open, stretch.why, (stretch.end - stretch.start).total_seconds() / 3600) for stretch in stretches
    ] == [
        (True, "", 1),
        (False, "", 7),
        (False, "Christmas Day", 24),
        (False, "", 57),
        (True, "", 1),
    ]


def test_an_exception_with_hours_replaces_those_of_the_day():
    special = [{"date": "2026-12-24", "name": "Christmas Eve", "hours": [{"from": "09:00", "to": "12:00"}]}]
    calendar = laid_out(OFFICE, exceptions=special)
    assert hours_worked(calendar, "2026-12-24T00:00:00+01:00", "2026-12-25T00:00:00+01:00") == 3


def test_an_exception_may_open_a_day_that_is_closed_every_week():
    calendar = laid_out(
        OFFICE, exceptions=[{"date": "2026-11-28", "name": "Peak", "hours": [{"from": "10:00", "to": "14:00"}]}]
    )
    assert hours_worked(calendar, "2026-11-28T00:00:00+01:00", "2026-11-29T00:00:00+01:00") == 4


def test_a_night_shift_goes_on_into_a_holiday_but_none_starts_on_it():
    nights = [day(name, "22:00-06:00") for name in ("wed", "thu", "fri")]
    calendar = laid_out(nights, exceptions=[{"date": "2026-12-25", "name": "Christmas Day"}])
    assert hours_worked(calendar, "2026-12-25T00:00:00+01:00", "2026-12-26T12:00:00+01:00") == 6


def test_two_exceptions_on_one_date_join():
    exceptions = [
        {"date": "2026-12-24", "name": "Christmas Eve", "hours": [{"from": "09:00", "to": "10:00"}]},
        {"date": "2026-12-24", "name": "Stocktaking", "hours": [{"from": "11:00", "to": "12:00"}]},
    ]
    calendar = laid_out(OFFICE, exceptions=exceptions)
    assert hours_worked(calendar, "2026-12-24T00:00:00+01:00", "2026-12-25T00:00:00+01:00") == 2


def test_the_days_on_which_clocks_change_have_23_and_25_hours():
    calendar = laid_out(ALWAYS)
    assert hours_worked(calendar, "2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00") == 23
    assert hours_worked(calendar, "2026-10-25T00:00:00+02:00", "2026-10-26T00:00:00+01:00") == 25


def test_a_wall_time_that_is_skipped_is_read_with_the_offset_before_the_jump():
    calendar = laid_out([day("sun", "02:30-05:00")])
    opened = list(calendar.intervals(at("2026-03-29T00:00:00+00:00"), at("2026-03-30T00:00:00+00:00")))
    assert opened == [(at("2026-03-29T03:30:00+02:00"), at("2026-03-29T05:00:00+02:00"))]


def test_hours_that_lie_in_the_skipped_hour_keep_their_length_or_vanish():
    inside = laid_out([day("sun", "02:10-02:40")])
    assert hours_worked(inside, "2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00") == 0.5
    until_the_jump = laid_out([day("sun", "02:30-03:00")])
    assert hours_worked(until_the_jump, "2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00") == 0


def test_a_wall_time_that_occurs_twice_means_its_first_occurrence():
    calendar = laid_out([day("sun", "02:30-04:00")])
    opened = list(calendar.intervals(at("2026-10-25T00:00:00+00:00"), at("2026-10-26T00:00:00+00:00")))
    assert opened == [(at("2026-10-25T02:30:00+02:00"), at("2026-10-25T04:00:00+01:00"))]


def test_a_date_that_a_zone_skips_has_no_hours():
    """Samoa went from Thursday 29 to Saturday 31 December 2011."""
    calendar = laid_out([day("fri", "09:00-17:00")], zone="Pacific/Apia")
    assert hours_worked(calendar, "2011-12-29T00:00:00-10:00", "2012-01-01T00:00:00+14:00") == 0


def test_closed_time_is_told_where_clocks_go_back_over_midnight():
    """In Newfoundland clocks went back at 00:01 until 2011, so one evening held 23:30 twice."""
    calendar = laid_out(OFFICE, zone="America/St_Johns", exceptions=[{"date": "2010-11-07", "name": "Holiday"}])
    stretches = list(calendar.stretches(at("2010-11-06T12:00:00+00:00"), at("2010-11-08T00:00:00+00:00")))
    assert stretches[0].start == at("2010-11-06T12:00:00+00:00")
    assert stretches[-1].end == at("2010-11-08T00:00:00+00:00")
    assert all(one.end == two.start for one, two in pairwise(stretches))
    assert {stretch.why for stretch in stretches} == {"", "Holiday"}


def test_a_zone_may_change_its_rules():
    """Turkey stayed on summer time from 2016 on: 09:00 is 07:00 UTC before, 06:00 after."""
    calendar = laid_out([day("mon", "09:00-10:00")], zone="Europe/Istanbul")
    opened = [
        start.hour for start, _ in calendar.intervals(at("2016-01-04T00:00:00+00:00"), at("2016-01-05T00:00:00+00:00"))
    ]
    opened += [
        start.hour for start, _ in calendar.intervals(at("2017-01-02T00:00:00+00:00"), at("2017-01-03T00:00:00+00:00"))
    ]
    assert opened == [7, 6]


def test_an_open_interval_goes_on_over_new_year():
    calendar = laid_out(ALWAYS)
    start, end = at("2024-06-01T00:00:00+00:00"), at("2027-06-01T00:00:00+00:00")
    assert list(calendar.intervals(start, end)) == [(start, end)]


def test_a_due_instant_at_the_end_of_hours_stays_there():
    calendar = laid_out(OFFICE)
    assert calendar.add(at("2026-03-06T09:00:00+01:00"), 8 * 3600) == at("2026-03-06T17:00:00+01:00")
    assert calendar.add(at("2026-03-06T09:00:00+01:00"), 8 * 3600 + 1) == at("2026-03-09T09:00:01+01:00")


def test_nothing_to_add_leaves_the_instant_where_it_is():
    assert laid_out(OFFICE).add(at("2026-03-07T03:00:00+01:00"), 0) == at("2026-03-07T03:00:00+01:00")


def test_in_a_calendar_that_never_opens_nothing_is_ever_due():
    calendar = laid_out([])
    assert calendar.add(at("2026-03-07T03:00:00+01:00"), 1) is None
    assert calendar.worked(at("2026-03-07T03:00:00+01:00"), at("2036-03-07T03:00:00+01:00")) == 0


def test_an_end_before_the_start_works_nothing():
    calendar = laid_out(ALWAYS)
    assert calendar.worked(at("2026-03-07T00:00:00+00:00"), at("2026-03-06T00:00:00+00:00")) == 0
    assert list(calendar.stretches(at("2026-03-07T00:00:00+00:00"), at("2026-03-06T00:00:00+00:00"))) == []


def test_fractions_of_a_second_are_dropped():
    calendar = laid_out(ALWAYS)
    assert calendar.worked(at("2026-03-07T00:00:00.9+00:00"), at("2026-03-07T00:00:02.1+00:00")) == 2


@pytest.mark.parametrize(
    "zone", ["Europe/Amsterdam", "Asia/Kathmandu", "America/St_Johns", "Pacific/Kiritimati", "UTC"]
)
def test_the_zone_of_an_argument_does_not_matter(zone):
    calendar = laid_out(OFFICE, zone=zone)
    start, end = at("2025-12-31T23:30:00-05:00"), at("2026-01-02T15:00:00+09:00")
    assert calendar.worked(start, end) == calendar.worked(start.astimezone(UTC), end.astimezone(UTC))
