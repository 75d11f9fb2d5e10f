"""What comes back with the calendar: the same month a year before, and the days of the week.

A season can be told from chance only where it was seen at least twice. Until then the figures stand side by side
and nothing is concluded.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from servicebook.facts import Facts
from servicebook.foresight.points import Point, months

SEASON: Final = 12
SEASONS: Final = 2
"""Whole years from which on a pattern of months can be a season."""


@dataclass(frozen=True, slots=True)
class YearBefore:
    """A month, its figure, that of the same month a year before, and the difference; None where there is none."""

    month: str
    value: float
    before: float | None

    @property
    def difference(self) -> float | None:
        """How much more it is than a year before."""
        return None if self.before is None else self.value - self.before


@dataclass(frozen=True, slots=True)
class Weekday:
    """A day of the week (0 is Monday): how many records were opened on such days, and how many such days there were."""

    day: int
    opened: int
    days: int

    @property
    def mean(self) -> float:
        """Records opened on such a day."""
        return self.opened / self.days


def years(points: Sequence[Point]) -> list[YearBefore]:
    """The last twelve months of a series beside the same months of the year before, oldest first."""
    known = {point.month: point.value for point in points}
    return [YearBefore(point.month, point.value, known.get(_year_before(point.month))) for point in points[-SEASON:]]


def seasons(points: Sequence[Point]) -> int:
    """Whole years that the series has seen."""
    return len(points) // SEASON


def weekdays(facts: Facts, table: str = "incident") -> list[Weekday]:
    """The profile of the week over the whole months: records of a table by the local day on which they were opened."""
    over = months(facts)
    if not over:
        return []
    start, end = over[0].start, over[-1].end
    opened = Counter(
        row["opened_at"].astimezone(facts.zone).weekday()
        for row in facts.tables[table].records()
        if start <= row["opened_at"] < end
    )
    first, last = over[0].days(facts.zone)[0], over[-1].days(facts.zone)[1]
    days = Counter((first + timedelta(days=number)).weekday() for number in range((last - first).days + 1))
    return [Weekday(day, opened[day], days[day]) for day in range(7)]


def _year_before(month: str) -> str:
    year, _, number = month.partition("-")
    return f"{int(year) - 1}-{number}"
