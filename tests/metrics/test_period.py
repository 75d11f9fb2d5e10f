"""Periods are cut in the organisation's zone."""

from datetime import date, datetime

import pytest

from servicebook.clock import zone
from servicebook.errors import Problem
from servicebook.metrics import Period

AMSTERDAM = zone("Europe/Amsterdam")


@pytest.mark.parametrize(
    ("label", "start", "end"),
    [
        ("2026", "2026-01-01T00:00:00+01:00", "2027-01-01T00:00:00+01:00"),
        ("2026-Q1", "2026-01-01T00:00:00+01:00", "2026-04-01T00:00:00+02:00"),
        ("2026-Q4", "2026-10-01T00:00:00+02:00", "2027-01-01T00:00:00+01:00"),
        ("2026-03", "2026-03-01T00:00:00+01:00", "2026-04-01T00:00:00+02:00"),
        ("2026-12", "2026-12-01T00:00:00+01:00", "2027-01-01T00:00:00+01:00"),
        ("2026-03-29..2026-03-29", "2026-03-29T00:00:00+01:00", "2026-03-30T00:00:00+02:00"),
        ("2024-02-28..2024-02-29", "2024-02-28T00:00:00+01:00", "2024-03-01T00:00:00+01:00"),
    ],
)
def test_a_label_names_a_period(label, start, end):
    period = Period.parse(label, AMSTERDAM)
    assert (period.label, period.start, period.end) == (label, *map(datetime.fromisoformat, (start, end)))


@pytest.mark.parametrize(
    "label",
    [
        "",
        "26",
        "2026-Q5",
        "2026-13",
        "2026-1",
        "2026Q1",
        "2026-02-30..2026-03-01",
        "0000",
        "9999",
        "２０２６",
    ],
)
def test_what_names_none_is_refused(label):
    with pytest.raises(Problem, match="is not a period"):
        Period.parse(label, AMSTERDAM)


@pytest.mark.parametrize(
    ("label", "why"),
    [("2026-03-02..2026-03-01", "ends before it begins"), ("1899", "out of range"), ("2201-01", "out of range")],
)
def test_a_period_backwards_or_too_far_off_is_refused_as_such(label, why):
    with pytest.raises(Problem, match=why):
        Period.parse(label, AMSTERDAM)


def test_the_quarter_of_an_instant_is_that_on_the_wall():
    assert Period.quarter_of(datetime.fromisoformat("2026-03-31T22:30:00Z"), AMSTERDAM).label == "2026-Q2"
    assert Period.quarter_of(datetime.fromisoformat("2026-03-31T22:30:00Z"), zone("UTC")).label == "2026-Q1"


def test_a_period_tells_its_days():
    assert Period.parse("2026-Q1", AMSTERDAM).days(AMSTERDAM) == (date(2026, 1, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("label", "before"),
    [
        ("2026", "2025"),
        ("2026-Q1", "2025-Q4"),
        ("2026-Q3", "2026-Q2"),
        ("2026-01", "2025-12"),
        ("2026-03", "2026-02"),
        ("2026-03-01..2026-03-31", "2026-01-29..2026-02-28"),
        ("2024-03-01..2024-03-01", "2024-02-29..2024-02-29"),
    ],
)
def test_the_period_before_has_the_same_length_and_ends_where_this_begins(label, before):
    period = Period.parse(label, AMSTERDAM)
    assert period.before(AMSTERDAM) == Period.parse(before, AMSTERDAM)
    assert period.before(AMSTERDAM).end == period.start


def test_before_1900_there_is_none():
    with pytest.raises(Problem, match="year of the period “1899-12” is out of range"):
        Period.parse("1900-01", AMSTERDAM).before(AMSTERDAM)
