"""The windows over which agreements promise a percentage or a workload, as days in the organisation's zone."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
"""Windows that lie one after the other, by their length in months."""

ROLLING = {"30-days": 30, "90-days": 90, "365-days": 365}
"""Windows that are judged at the end of each month, by their length in days."""


class Window(NamedTuple):
    """From the day `start` to the day `end`, which no longer belongs to it."""

    label: str
    start: date
    end: date


def windows(name: str, first: date, last: date) -> Iterator[Window]:
    """The windows of a sort that end after the day `first`, as far as the one that holds the day `last`.

    Labels are 2026-03, 2026-Q1, 2026-H1 and 2026; of a rolling window "to 2026-03-31". None for an unknown sort.
    """
    months = MONTHS.get(name, 1 if name in ROLLING else 0)
    if not months:
        return
    number = (12 * first.year + first.month - 1) // months
    while (start := _month(number * months)) <= last:
        number += 1
        end = _month(number * months)
        if name in ROLLING:
            yield Window(f"to {end - timedelta(days=1)}", end - timedelta(days=ROLLING[name]), end)
        else:
            yield Window(_label(name, start), start, end)


def _month(number: int) -> date:
    """The first day of a month, counted from the year 0."""
    return date(number // 12, number % 12 + 1, 1)


def _label(name: str, start: date) -> str:
    forms = {
        "month": f"{start.year}-{start.month:02}",
        "quarter": f"{start.year}-Q{(start.month + 2) // 3}",
        "half-year": f"{start.year}-H{(start.month + 5) // 6}",
    }
    return forms.get(name, str(start.year))
