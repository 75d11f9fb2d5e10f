"""The windows over which agreements promise a percentage, as days in the organisation's zone."""

from collections.abc import Iterator
from datetime import date, timedelta

from servicebook.clock.windows import Window, window_of

ROLLING = {"30-days": 30, "90-days": 90, "365-days": 365}
"""Windows that are judged at the end of each month, by their length in days."""

SORTS = ("month", "quarter", "half-year", "year", *ROLLING)


def windows(name: str, first: date, last: date) -> Iterator[Window]:
    """The windows of a sort from the one that holds the day `first` to the one that holds the day `last`; none of an
    unknown sort.

    Of rolling windows there is one for each month, which ends with it: "to 2026-03-31".
    """
    if name not in SORTS:
        return
    days = ROLLING.get(name)
    window = window_of(first, "month" if days else name)
    while window.first <= last:
        if days:
            yield Window(f"to {window.after - timedelta(days=1)}", window.after - timedelta(days=days), window.after)
        else:
            yield window
        window = window_of(window.after, "month" if days else name)
