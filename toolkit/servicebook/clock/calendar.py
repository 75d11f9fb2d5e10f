"""Which seconds a calendar counts: one version of a calendar laid onto the time line.

The rules, each held by a test:

- The unit is the second. Instants are aware datetimes; fractions of a second are dropped.
- An interval is half open: it holds its first instant and not its last.
- Hours whose end is not later than their start end on the next day. Hours that overlap count once.
- An exception replaces the hours that *start* on its date. A night shift that began the evening
  before goes on into a holiday; without hours the date starts none.
- Hours stand on the wall clock of the calendar's zone, so a day may have 23 or 25 hours. A wall time
  that the zone skips is read with the offset before the jump (02:30 becomes 03:30); one that occurs
  twice means its first occurrence; a date that the zone skips as a whole has no hours.
- A due instant that falls on the end of hours stays there; it does not move to the next opening.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from servicebook.clock.years import OpenYear, instant_of, seconds_of, united
from servicebook.clock.zones import zone
from servicebook.source import Pointer

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HORIZON = 2300
"""No calendar is asked beyond this year: what would be due later is never due."""

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the time line that is open throughout or closed throughout.

    `why` names the exception (a holiday) on whose date a closed stretch lies; else it is empty. `pointer` leads
    to that exception in the calendar's record, or to the weekly hours; of an open stretch it is empty.
    """

    start: datetime
    end: datetime
    open: bool
    why: str = ""
    pointer: Pointer = ()


class _Exception(NamedTuple):
    """What a date has instead of its weekly hours: minutes after its midnight, and where that stands."""

    name: str
    hours: list[tuple[int, int]]
    pointer: Pointer


class Calendar:
    """One version of a calendar, as `schemas/calendar.schema.json` describes it.

    Years are worked out when first asked for and kept, so that a question costs a few look-ups. `record` is the id
    of the calendar, and `pointer` leads to the version in it.
    """

    def __init__(self, version: Mapping[str, Any], record: str = "", pointer: Pointer = ()) -> None:
        self.record = record
        self._weekly_hours: Pointer = (*pointer, "weekly")
        self.zone = zone(version["zone"])
        self._weekly: dict[int, list[tuple[int, int]]] = {number: [] for number in range(7)}
        for entry in version["weekly"]:
            for day in entry["days"]:
                self._weekly[WEEKDAYS.index(day)] += _minutes(entry["hours"])
        self._exceptions: dict[date, _Exception] = {}
        for place, exception in enumerate(version.get("exceptions", [])):
            day = date.fromisoformat(exception["date"])
            found = _Exception(exception["name"], _minutes(exception.get("hours", [])), (*pointer, "exceptions", place))
            if day in self._exceptions:  # two entries for one date: both names, all hours, the place of the first
                first = self._exceptions[day]
                found = _Exception(f"{first.name}, {found.name}", first.hours + found.hours, first.pointer)
            self._exceptions[day] = found
        self._years: dict[int, OpenYear] = {}

    def worked(self, start: datetime, end: datetime) -> int:
        """Open seconds from `start` to `end`; none where `end` is not later."""
        if end <= start:
            return 0
        first, last = start.astimezone(UTC).year, end.astimezone(UTC).year
        whole = sum(self._year(number).total for number in range(first, last)) if first < last else 0
        before = self._year(first).open_until(seconds_of(start))
        return whole + self._year(last).open_until(seconds_of(end)) - before

    def add(self, start: datetime, seconds: int) -> datetime | None:
        """The instant at which `seconds` open seconds after `start` are over; None where that is never."""
        if seconds <= 0:
            return instant_of(seconds_of(start))
        first = start.astimezone(UTC).year
        wanted = seconds + self._year(first).open_until(seconds_of(start))
        for number in range(first, HORIZON):
            year = self._year(number)
            if wanted <= year.total:
                return instant_of(year.reached(wanted))
            wanted -= year.total
        return None

    def intervals(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """The open intervals between two instants, apart from each other and in order of time."""
        if end <= start:
            return
        opened = closed = seconds_of(start)  # what is known to be open and not yet handed out
        for number in range(start.astimezone(UTC).year, end.astimezone(UTC).year + 1):
            for begin, finish in self._year(number).between(seconds_of(start), seconds_of(end)):
                if begin > closed:  # else it goes on over New Year
                    if closed > opened:
                        yield instant_of(opened), instant_of(closed)
                    opened = begin
                closed = finish
        if closed > opened:
            yield instant_of(opened), instant_of(closed)

    def stretches(self, start: datetime, end: datetime) -> Iterator[Stretch]:
        """The whole time from `start` to `end`, open and closed in turn, closed time with its reason."""
        at = instant_of(seconds_of(start))
        for opened, closed in self.intervals(start, end):
            yield from self._closed(at, opened)
            yield Stretch(opened, closed, open=True)
            at = closed
        yield from self._closed(at, instant_of(seconds_of(end)))

    def _closed(self, start: datetime, end: datetime) -> Iterator[Stretch]:
        """Closed time, parted at the midnights where the reason changes."""
        while start < end:
            reason = self._reason(start)
            until = self._midnight_after(start)
            while until < end and self._reason(until) == reason:
                until = self._midnight_after(until)
            yield Stretch(start, min(until, end), False, *reason)
            start = until

    def _midnight_after(self, instant: datetime) -> datetime:
        """The first midnight later than an instant; where clocks go back over midnight there are two."""
        day = instant.astimezone(self.zone).date() + DAY
        first = instant_of(self._utc(day, 0))
        return first if first > instant else instant_of(self._utc(day, 0, fold=1))

    def _reason(self, instant: datetime) -> tuple[str, Pointer]:
        """Why an instant is closed, and where that stands."""
        found = self._exceptions.get(instant.astimezone(self.zone).date())
        return ("", self._weekly_hours) if found is None else (found.name, found.pointer)

    def _utc(self, day: date, minutes: int, fold: int = 0) -> int:
        """The second of a wall time. `fold=0` is what the rules on skipped and repeated wall times say."""
        wall = datetime(day.year, day.month, day.day, tzinfo=self.zone) + timedelta(minutes=minutes)
        return seconds_of(wall.replace(fold=fold))

    def _year(self, number: int) -> OpenYear:
        found = self._years.get(number)
        if found is None:
            found = self._years[number] = self._lay_out(number)
        return found

    def _lay_out(self, number: int) -> OpenYear:
        """The hours that start in a year or near it, united and cut to that year of UTC."""
        first, last = seconds_of(datetime(number, 1, 1, tzinfo=UTC)), seconds_of(datetime(number + 1, 1, 1, tzinfo=UTC))
        begin = date(number, 1, 1) - 3 * DAY  # hours last a day at most and a zone is a day off at most
        spans = []
        for offset in range((date(number + 1, 1, 1) - begin).days + 2):
            for start, end in self._hours(begin + offset * DAY):
                spans.append((max(start, first), min(end, last)))
        return united(spans)

    def _hours(self, day: date) -> Iterable[tuple[int, int]]:
        """The hours that start on a date, in seconds of UTC."""
        hours = self._exceptions[day].hours if day in self._exceptions else self._weekly[day.weekday()]
        if not hours or self._utc(day, 0) >= self._utc(day + DAY, 0):
            return []
        return [(self._utc(day, start), self._utc(day, end)) for start, end in hours]


def _minutes(hours: Iterable[Mapping[str, str]]) -> list[tuple[int, int]]:
    """Hours as minutes after midnight of the date on which they start."""
    spans = []
    for entry in hours:
        start, end = (int(text[:2]) * 60 + int(text[3:]) for text in (entry["from"], entry["to"]))
        spans.append((start, end if end > start else end + 24 * 60))
    return spans
