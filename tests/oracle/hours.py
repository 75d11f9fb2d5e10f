"""The open minutes of a version of a calendar."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

from oracle import minutes
from servicebook.clock import zone as released_zone

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
FARTHEST = 3 * 366 * 24 * 60
"""Nothing is looked for more than so many minutes after the origin."""


class Hours:
    """The hours of a version of a calendar, or all hours where there is none, from an origin on."""

    def __init__(self, origin: datetime, version: dict[str, Any] | None = None) -> None:
        self.origin = origin
        self.version = version
        self._length = 0
        self._open = minutes.NONE

    def open(self, end: int) -> int:
        """The open minutes before `end`."""
        if self.version is None:
            return minutes.before(end)
        if end > self._length:
            self._length = max(end, 2 * self._length, 30 * 24 * 60)
            self._open = open_minutes(self.version, self.origin, self.origin + timedelta(minutes=self._length))
        return self._open & minutes.before(end)

    def after(self, start: int, wanted: int) -> int | None:
        """When `wanted` open minutes have gone by since `start`; None where that is not in sight."""
        if self.version is None:
            return start + wanted
        end = max(self._length, start + 1)
        while True:
            found = minutes.end_of(self.open(end) & minutes.since(start), wanted)
            if found is not None or end > FARTHEST or not self.version["weekly"]:
                return found
            end *= 2


def open_minutes(version: dict[str, Any], start: datetime, end: datetime) -> int:
    """Minutes are numbered from `start`."""
    zone = released_zone(version["zone"])
    special: dict[str, list[Any]] = {}
    for exception in version.get("exceptions", []):
        special.setdefault(exception["date"], []).extend(exception.get("hours", []))
    found = minutes.NONE
    day = start.date() - timedelta(days=3)
    while day <= end.date() + timedelta(days=3):
        weekly = [
            hours for entry in version["weekly"] if DAYS[day.weekday()] in entry["days"] for hours in entry["hours"]
        ]
        for hours in special.get(day.isoformat(), weekly) if exists(day, zone) else ():
            next_day = day + timedelta(days=1) if hours["to"] <= hours["from"] else day
            opened, closed = on_the_wall(day, hours["from"], zone), on_the_wall(next_day, hours["to"], zone)
            first, last = (minute_of(min(max(edge, start), end), start) for edge in (opened, closed))
            found |= minutes.span(first, last)
        day += timedelta(days=1)
    return found


def on_the_wall(day: date, text: str, zone: ZoneInfo) -> datetime:
    """The first instant at which the wall shows this; where it never does, read with the offset before the jump."""
    shown = datetime.combine(day, datetime.min.time()) + timedelta(hours=int(text[:2]), minutes=int(text[3:]))
    around = [shown.replace(tzinfo=UTC) + timedelta(hours=hour) for hour in (-26, 26)]
    offsets = [instant.astimezone(zone).utcoffset() or timedelta() for instant in around]
    readings = [shown.replace(tzinfo=timezone(offset)).astimezone(UTC) for offset in offsets]
    true = [instant for instant in readings if instant.astimezone(zone).replace(tzinfo=None) == shown]
    return min(true) if true else readings[0]


def exists(day: date, zone: ZoneInfo) -> bool:
    """Whether the calendar of the zone has this day."""
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return any((noon + timedelta(hours=hour)).astimezone(zone).date() == day for hour in range(-30, 31, 6))


def minute_of(instant: datetime, origin: datetime) -> int:
    """Whole minutes from the origin."""
    return int((instant - origin).total_seconds()) // 60
