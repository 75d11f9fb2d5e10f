"""Times as exports write them → instants. What cannot be told is an error, never a guess.

Understood are year-month-day (2016-02-29 06:38:00, also with an offset) and the two orders with the year
last (29/2/2016 06:38), with / - or . between, with or without seconds, with or without AM or PM. A time
without an offset is a wall clock in the zone that the user names. When clocks go back, an hour comes
twice: the first is meant unless the order of a ticket's updates says otherwise (`later`). When clocks go
forward, an hour does not come at all: a time in it is an error, and a sign that the zone is another.
"""

import re
from datetime import UTC, datetime, timedelta, timezone
from typing import Final, Literal
from zoneinfo import ZoneInfo

from servicebook.finding import quote

Order = Literal["dmy", "mdy", "iso"]

_TIME: Final = re.compile(
    r"(?P<a>[0-9]{1,4})([-/.])(?P<b>[0-9]{1,2})\2(?P<c>[0-9]{1,4})[ T](?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})"
    r"(?::(?P<second>[0-9]{2})(?:\.[0-9]+)?)?(?: ?(?P<half>[AaPp][Mm]))?(?P<offset>Z|[+-][0-9]{2}:?[0-9]{2})?"
)
_READ_AS: Final = {"dmy": "day/month/year", "mdy": "month/day/year", "iso": "year-month-day"}
_FORMS: Final = "2016-02-29 06:38:00, 29/2/2016 06:38 or 2/29/2016 06:38 AM"


class NotATime(ValueError):
    """The text is no time that can be told; the message says why, as the end of a sentence."""


class Evidence:
    """What the times of an export show of how they are written: one text and its line for each sign, the first."""

    def __init__(self) -> None:
        self.orders: dict[Order, tuple[str, int]] = {}
        self.either: tuple[str, int] | None = None  # 3/4/2016
        self.naive: tuple[str, int] | None = None
        self._seen: set[str] = set()

    def add(self, text: str, line: int) -> None:
        """Take in one time. What is no time is left for `Times.read` to refuse."""
        if text in self._seen or (match := _TIME.fullmatch(text)) is None:
            return
        self._seen.add(text)
        if not match["offset"]:
            self.naive = self.naive or (text, line)
        if len(match["a"]) == 4:
            self.orders.setdefault("iso", (text, line))
        elif int(match["a"]) > 12:
            self.orders.setdefault("dmy", (text, line))
        elif int(match["b"]) > 12:
            self.orders.setdefault("mdy", (text, line))
        else:
            self.either = self.either or (text, line)


class Times:
    """Reads times of one export. `zone` is None where every time has its offset."""

    def __init__(self, order: Order, zone: ZoneInfo | None) -> None:
        self.order = order
        self.zone = zone
        self.later: dict[datetime, datetime] = {}
        """Of an hour that comes twice: the first instant that a text may mean, and the second."""
        self._read: dict[str, datetime] = {}

    def read(self, text: str) -> datetime:
        """The instant in UTC. Raises NotATime."""
        found = self._read.get(text)
        if found is None:
            found = self._read[text] = self._parse(text)
        return found

    def write(self, instant: datetime) -> str:
        """The instant as a record has it (RFC 3339), on the wall clock of the zone."""
        text = instant.astimezone(self.zone or UTC).isoformat()
        return text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text

    def _parse(self, text: str) -> datetime:
        match = _TIME.fullmatch(text)
        if match is None:
            raise NotATime(f"{quote(text)} is no time like {_FORMS}")
        first, second, third = int(match["a"]), int(match["b"]), int(match["c"])
        if len(match["a"]) == 4:
            year, month, day = first, second, third
        elif self.order == "iso":
            raise NotATime(f"{quote(text)} is no time with the year first")
        elif len(match["c"]) != 4:
            raise NotATime(f"{quote(text)} has no year of four digits")
        elif self.order == "mdy":
            year, month, day = third, first, second
        else:
            year, month, day = third, second, first
        hour = int(match["hour"])
        if match["half"]:
            if not 1 <= hour <= 12:
                raise NotATime(f"{quote(text)} has an hour that {match['half'].upper()} does not have")
            hour = hour % 12 + (12 if match["half"].lower() == "pm" else 0)
        try:
            wall = datetime(year, month, day, hour, int(match["minute"]), int(match["second"] or 0), tzinfo=UTC)
        except ValueError:
            raise NotATime(f"{quote(text)} is not in the calendar when read as {_READ_AS[self.order]}") from None
        if not 1970 <= year < 2200:
            raise NotATime(f"{quote(text)} is not between 1970 and 2200")
        return self._with_offset(wall, match["offset"], text) if match["offset"] else self._in_zone(wall, text)

    @staticmethod
    def _with_offset(wall: datetime, offset: str, text: str) -> datetime:
        if offset == "Z":
            return wall
        hours, minutes = int(offset[1:3]), int(offset[-2:])
        if hours > 23 or minutes > 59:
            raise NotATime(f"{quote(text)} has an offset that no zone has")
        size = timedelta(hours=hours, minutes=minutes)
        return wall.replace(tzinfo=timezone(-size if offset[0] == "-" else size)).astimezone(UTC)

    def _in_zone(self, wall: datetime, text: str) -> datetime:
        if self.zone is None:
            raise NotATime(f"{quote(text)} has no offset, and no zone is named")
        local = wall.replace(tzinfo=self.zone)
        instant = local.astimezone(UTC)
        if instant.astimezone(self.zone).replace(tzinfo=None) != wall.replace(tzinfo=None):
            raise NotATime(f"{quote(text)} never was in {self.zone.key}, where clocks went forward: look at --zone")
        second = local.replace(fold=1).astimezone(UTC)
        if second != instant:
            self.later[instant] = second
        return instant
