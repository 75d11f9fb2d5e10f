"""Seconds that count: those of a calendar, or all of them where there is none."""

from datetime import datetime, timedelta

from servicebook.clock.calendar import Calendar


def count(hours: Calendar | None, start: datetime, end: datetime) -> int:
    """Seconds from start to end that count: open ones, or all where there are no hours."""
    return hours.worked(start, end) if hours is not None else max(0, (end - start) // timedelta(seconds=1))


def after(hours: Calendar | None, start: datetime, seconds: int) -> datetime | None:
    """The instant at which so many seconds have counted; None where that is never."""
    if hours is not None:
        return hours.add(start, seconds)
    try:
        return start + timedelta(seconds=seconds)
    except OverflowError:
        return None
