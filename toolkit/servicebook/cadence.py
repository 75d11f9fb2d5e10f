"""When what is done at intervals falls due again."""

from calendar import monthrange
from datetime import date
from typing import Final

MONTHS: Final = {"month": 1, "quarter": 3, "half-year": 6, "year": 12, "two-years": 24, "three-years": 36}


def after(day: date, interval: str | None) -> date:
    """The day one interval of parts.json later: the same day of the month, or the last where the month is shorter.

    Without an interval, or with one that is not known, it is the last day there is: nothing falls due.
    """
    if interval not in MONTHS:
        return date.max
    years, month = divmod(day.month - 1 + MONTHS[interval], 12)
    year = day.year + years
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
