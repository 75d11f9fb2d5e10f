"""A period of reporting: a year, a quarter, a month, or from one day to another, cut in the organisation's zone."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo

from servicebook.errors import Problem
from servicebook.finding import quote

_FORMS = re.compile(
    r"(?P<year>[0-9]{4})(?:-Q(?P<quarter>[1-4])|-(?P<month>0[1-9]|1[0-2]))?"
    r"|(?P<first>[0-9]{4}-[0-9]{2}-[0-9]{2})\.\.(?P<last>[0-9]{4}-[0-9]{2}-[0-9]{2})"
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


@dataclass(frozen=True, slots=True)
class Period:
    """From `start` to `end`, both in UTC; `start` belongs to it and `end` does not."""

    label: str
    start: datetime
    end: datetime

    @classmethod
    def parse(cls, label: str, zone: tzinfo) -> "Period":
        """The period that a label names: 2026, 2026-Q1, 2026-03 or 2026-01-01..2026-03-31. Raises Problem."""
        found = _FORMS.fullmatch(label)
        try:
            if found is None:
                raise ValueError
            if found["first"]:
                first, last = date.fromisoformat(found["first"]), date.fromisoformat(found["last"]) + timedelta(days=1)
            else:
                first, last = _span(int(found["year"]), found["quarter"], found["month"])
        except (ValueError, OverflowError):
            raise Problem(
                f"{quote(label)} is not a period.", "Write 2026, 2026-Q1, 2026-03 or 2026-01-01..2026-03-31."
            ) from None
        if not first < last:
            raise Problem(f"The period {quote(label)} ends before it begins.", "Write the earlier day first.")
        if first.year < _FIRST_YEAR or last.year > _LAST_YEAR:
            hint = f"Periods lie between {_FIRST_YEAR} and {_LAST_YEAR}."
            raise Problem(f"The year of the period {quote(label)} is out of range.", hint)
        return cls(label, _midnight(first, zone), _midnight(last, zone))

    @classmethod
    def quarter_of(cls, instant: datetime, zone: tzinfo) -> "Period":
        """The quarter in which an instant lies."""
        day = instant.astimezone(zone).date()
        return cls.parse(f"{day.year}-Q{(day.month + 2) // 3}", zone)

    def before(self, zone: tzinfo) -> "Period":
        """The one of the same length before: the month before a month, or as many days as from one day to another.

        Raises Problem before 1900.
        """
        first, last = self.days(zone)
        eve = first - timedelta(days=1)
        if ".." in self.label:
            return self.parse(f"{eve - (last - first)}..{eve}", zone)
        if "-Q" in self.label:
            return self.parse(f"{eve.year}-Q{(eve.month + 2) // 3}", zone)
        return self.parse(f"{eve.year:04}-{eve.month:02}" if "-" in self.label else f"{eve.year:04}", zone)

    def days(self, zone: tzinfo) -> tuple[date, date]:
        """First and last day, both within."""
        return self.start.astimezone(zone).date(), (self.end - timedelta(seconds=1)).astimezone(zone).date()


def _span(year: int, quarter: str | None, month: str | None) -> tuple[date, date]:
    """First day, and the day after the last."""
    first = 3 * int(quarter) - 2 if quarter else int(month or 1)
    after = first + (3 if quarter else 1 if month else 12)
    return date(year, first, 1), date(year + (after > 12), after - 12 if after > 12 else after, 1)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
