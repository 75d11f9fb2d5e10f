"""Dates of records as instants, and instants as months, in the organisation's zone."""

from datetime import UTC, date, datetime, timedelta, tzinfo


class Days:
    """The days of one zone. None stays None; a day at the edge of what can be told gives None."""

    def __init__(self, zone: tzinfo) -> None:
        self.zone = zone

    def begin(self, day: date | None) -> datetime | None:
        """The midnight at which a day begins, in UTC."""
        if day is None:
            return None
        try:
            return datetime(day.year, day.month, day.day, tzinfo=self.zone).astimezone(UTC)
        except OverflowError:
            return None

    def end(self, day: date | None) -> datetime | None:
        """The midnight at which a day ends, in UTC."""
        return None if day is None or day == date.max else self.begin(day + timedelta(days=1))

    def of(self, instant: datetime) -> date:
        """The day in which an instant lies."""
        return instant.astimezone(self.zone).date()

    def month(self, instant: datetime | None) -> str | None:
        """The month in which an instant lies: `2026-03`."""
        if instant is None:
            return None
        local = instant.astimezone(self.zone)
        return f"{local.year}-{local.month:02}"

    def month_due(self, instant: datetime | None) -> str | None:
        """The month of the day that ends at an instant: what is due by the end of March is due in March."""
        return None if instant is None else self.month(instant - timedelta(seconds=1))
