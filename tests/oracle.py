"""A slow and obvious oracle of working time, minute by minute. It shares no code with the clock.

Only the zones are the same objects: those of the machine may be of another release.
"""

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from servicebook.clock import zone as released_zone

DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def open_minutes(version, start: datetime, end: datetime) -> bytearray:
    """For every minute from start to end 1 where it is open, 0 where it is not."""
    zone = released_zone(version["zone"])
    special = {exception["date"]: exception.get("hours", []) for exception in version["exceptions"]}
    first, length = minute_of(start), minute_of(end) - minute_of(start)
    found = bytearray(length)
    day = start.date() - timedelta(days=3)
    while day <= end.date() + timedelta(days=3):
        weekly = [
            span for entry in version["weekly"] if DAYS[day.weekday()] in entry["days"] for span in entry["hours"]
        ]
        for span in special.get(day.isoformat(), weekly) if exists(day, zone) else ():
            next_day = day + timedelta(days=1) if span["to"] <= span["from"] else day
            opened, closed = on_the_wall(day, span["from"], zone), on_the_wall(next_day, span["to"], zone)
            begin, finish = (min(max(minute_of(edge) - first, 0), length) for edge in (opened, closed))
            if begin < finish:
                found[begin:finish] = b"\1" * (finish - begin)
        day += timedelta(days=1)
    return found


def on_the_wall(day: date, text: str, zone: ZoneInfo) -> datetime:
    """The first instant at which the wall shows this; where it never does, read with the offset before the jump."""
    shown = datetime.combine(day, datetime.min.time()) + timedelta(hours=int(text[:2]), minutes=int(text[3:]))
    around = [shown.replace(tzinfo=UTC) + timedelta(hours=hour) for hour in (-26, 26)]
    offsets = [instant.astimezone(zone).utcoffset() for instant in around]
    readings = [shown.replace(tzinfo=timezone(offset)).astimezone(UTC) for offset in offsets]
    true = [instant for instant in readings if instant.astimezone(zone).replace(tzinfo=None) == shown]
    return min(true) if true else readings[0]


def exists(day: date, zone: ZoneInfo) -> bool:
    noon = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return any((noon + timedelta(hours=hour)).astimezone(zone).date() == day for hour in range(-30, 31, 6))


def minute_of(instant: datetime) -> int:
    return int(instant.timestamp()) // 60
