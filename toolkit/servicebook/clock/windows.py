"""Months, quarters, half-years and years of the calendar, as agreements count in them."""

from datetime import date
from typing import Final

_MONTHS: Final = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}


def first_of_window(day: date, length: str) -> date:
    """The first day of the window of a length (month, quarter, half-year, year) in which a day lies."""
    months = _MONTHS[length]
    return date(day.year, (day.month - 1) // months * months + 1, 1)
