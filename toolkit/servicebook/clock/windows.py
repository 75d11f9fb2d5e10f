"""Months, quarters, half-years and years of the organisation's calendar, as agreements count in them."""

from datetime import UTC, date, datetime, tzinfo
from typing import Final, NamedTuple

_MONTHS: Final = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}
_LABELS: Final = {"month": "{0}-{1:02}", "quarter": "{0}-Q{1}", "half-year": "{0}-H{1}", "year": "{0}"}


class Window(NamedTuple):
    """A window by its label (`2026-03`, `2026-Q1`, `2026-H1`, `2026`), its first day and the one after its last."""

    label: str
    first: date
    after: date

    def start(self, zone: tzinfo) -> datetime:
        """Its first instant, in UTC."""
        return _midnight(self.first, zone)

    def end(self, zone: tzinfo) -> datetime:
        """The first instant no longer in it, in UTC."""
        return _midnight(self.after, zone)


def window_of(day: date, length: str) -> Window:
    """The window of a length (month, quarter, half-year or year) in which a day lies."""
    months = _MONTHS[length]
    number = (day.month - 1) // months
    year, month = divmod((number + 1) * months, 12)
    first, after = date(day.year, number * months + 1, 1), date(day.year + year, month + 1, 1)
    return Window(_LABELS[length].format(day.year, number + 1), first, after)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
