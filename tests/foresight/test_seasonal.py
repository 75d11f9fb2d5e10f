"""Months, the same month a year before, and the days of the week, counted by hand."""

from datetime import UTC, date, datetime

import pytest

from memory import make_book
from servicebook.facts import compute
from servicebook.foresight.points import Point, by_dimension, months, next_month, overall
from servicebook.foresight.seasonal import seasons, weekdays, years
from servicebook.metrics import measure, read_metrics


def opened(*days, service="SVC-shop"):
    return [
        {
            "id": f"INC-{day.replace('-', '')}-{service[-2:]}{number:02}", "service": service, "impact": "low",
            "urgency": "low", "timeline": [{"at": f"{day}T12:00:00+02:00", "event": "opened"}],
        }
        for number, day in enumerate(days)
    ]  # fmt: skip


BOOK = make_book(
    *opened("2026-01-20", "2026-02-28", "2026-03-01", "2026-03-02", "2026-05-04"),
    *opened("2026-04-30", service="SVC-till"),
)
AS_OF = datetime(2026, 5, 15, tzinfo=UTC)
FACTS = compute(BOOK, AS_OF)
METRICS = read_metrics(BOOK.tree)


def measured(metric, period, by):
    return measure(FACTS, metric, period, by)


def test_only_whole_months_after_the_first_are_points():
    assert [month.label for month in months(FACTS)] == ["2026-02", "2026-03", "2026-04"]
    assert next_month(FACTS).label == "2026-05"
    points = overall(METRICS["incidents-opened"], months(FACTS), measured)
    assert points == [Point("2026-02", 1, 1), Point("2026-03", 2, 2), Point("2026-04", 1, 1)]


def test_a_log_that_ended_long_ago_ends_there():
    assert [month.label for month in months(compute(BOOK, datetime(2031, 1, 1, tzinfo=UTC)))][-1] == "2026-05"


def test_a_book_without_events_has_no_months():
    facts = compute(make_book(), AS_OF)
    assert (months(facts), next_month(facts), weekdays(facts)) == ([], None, [])


def test_noughts_begin_with_the_first_record_of_a_service():
    found = by_dimension(METRICS["incidents-opened"], months(FACTS), measured, "service")
    assert found == {
        "SVC-shop": [Point("2026-02", 1, 1), Point("2026-03", 2, 2), Point("2026-04", 0, 0)],
        "SVC-till": [Point("2026-04", 1, 1)],
    }
    restored = by_dimension(METRICS["time-to-restore"], months(FACTS), measured, "service")
    assert restored == {}, "a mean of nothing is no figure"


def test_the_profile_of_the_week_knows_how_many_of_each_day_there_were():
    # 2026-02-28 was a Saturday, then a Sunday and a Monday in March, a Thursday in April: 89 days from February on.
    found = weekdays(FACTS)
    assert [day.opened for day in found] == [1, 0, 0, 1, 0, 1, 1]
    assert sum(day.days for day in found) == (date(2026, 5, 1) - date(2026, 2, 1)).days == 89
    assert found[6].days == 13
    assert found[6].mean == pytest.approx(1 / 13)


def test_each_month_stands_beside_that_of_the_year_before():
    points = [Point(f"{2024 + place // 12}-{place % 12 + 1:02}", place, 1) for place in range(14) if place != 1]
    found = years(points)
    assert [year.month for year in found][-2:] == ["2025-01", "2025-02"]
    assert (found[-2].before, found[-2].difference) == (0, 12)
    assert (found[-1].before, found[-1].difference) == (None, None)
    assert len(found) == 12


@pytest.mark.parametrize(("count", "whole"), [(0, 0), (11, 0), (12, 1), (23, 1), (24, 2)])
def test_seasons_are_whole_years(count, whole):
    assert seasons([Point("2026-01", 1, 1)] * count) == whole
