"""The availability of a service as its page shows it: the last twelve months, and what is left of the error budget."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from math import floor

from servicebook.book import Book
from servicebook.clock import Availability, ServiceDay, Terms
from servicebook.clock.windows import window_of

MONTHS = 12
ROLLING = "-days"
"""How the name of a window ends that rolls: 30-days."""


@dataclass(frozen=True)
class Month:
    """One month (`2026-03`): seconds agreed, lost, and left out as announced maintenance; or the reason why none."""

    label: str
    running: bool
    agreed: int
    down: float
    excluded: int
    failures: int
    reason: str = ""

    @property
    def percent(self) -> float | None:
        """How much of the agreed time it was there. Rounded down, so that 100 means all of it."""
        return percent(self.agreed, self.down)


@dataclass(frozen=True)
class Budget:
    """The window in which an instant lies, from `first` to `last` day: what may be lost of it and what was, in seconds.

    `burn` is the share of the budget that is used over the share of the agreed time that has gone: above 1 the
    budget does not last. None where nothing may be lost, or no agreed time has gone yet.
    """

    first: date
    last: date
    percent: float | None
    target: float
    allowed: float
    down: float
    burn: float | None

    @property
    def kept(self) -> bool:
        """Whether no more was lost than may be in the whole window."""
        return self.down <= self.allowed


@dataclass(frozen=True)
class Uptime:
    """A service under one agreement (`terms`, as they are on its latest day): its months, oldest first."""

    terms: Terms
    months: Sequence[Month]
    budget: Budget | None


class Uptimes:
    """The availability of the services of a book up to an instant. Make one and ask it for each service."""

    def __init__(self, book: Book, as_of: datetime, today: date) -> None:
        self._book = book
        self._today = today
        self._so_far = Availability(book, as_of)

    @cached_property
    def _whole(self) -> Availability:
        """The same up to a new year in which every window of today is over: what was agreed of the days to come."""
        return Availability(self._book, datetime(self._today.year + 1, 1, 3, tzinfo=UTC))

    def of(self, service: str) -> list[Uptime]:
        """What each agreement on its availability, or none, made of the last twelve months."""
        found: dict[tuple[str | None, int | None], list[ServiceDay]] = defaultdict(list)
        first = _months_before(self._today, MONTHS - 1).isoformat()
        for day in self._so_far.days(service):
            if day.day >= first:
                found[day.terms.sla, day.terms.place].append(day)
        named = {sla for sla, place in found if place is not None}
        gaps = {sla: found.pop((sla, None)) for sla in named if (sla, None) in found}
        return [self._uptime(service, key, days, gaps.get(key[0], [])) for key, days in found.items()]

    def _uptime(
        self, service: str, key: tuple[str | None, int | None], days: list[ServiceDay], gaps: list[ServiceDay]
    ) -> Uptime:
        by_month: dict[str, list[ServiceDay]] = defaultdict(list)
        for day in sorted([*days, *gaps], key=lambda day: day.day):
            by_month[day.day[:7]].append(day)
        current = self._today.isoformat()[:7]
        months = [_month(label, label == current, found) for label, found in by_month.items()]
        return Uptime(days[-1].terms, months, self._budget(service, key, days[-1]))

    def _budget(self, service: str, key: tuple[str | None, int | None], latest: ServiceDay) -> Budget | None:
        terms = latest.terms
        if terms.target is None or latest.measured is None or latest.day != self._today.isoformat():
            return None
        first, last = _window(terms.window, self._today)
        gone = [day for day in self._so_far.days(service) if _within(day, key, first, last)]
        whole = [day for day in self._whole.days(service) if _within(day, key, first, last)]
        agreed, down = _sums(gone)
        planned, _ = _sums(whole)
        allowed = sum(day.measured.agreed * (100 - (day.terms.target or 0)) / 100 for day in whole if day.measured)
        burn = (down / allowed) / (agreed / planned) if allowed and agreed else None
        return Budget(first, last, percent(agreed, down), terms.target, allowed, down, burn)


def percent(agreed: int, down: float) -> float | None:
    """How much of the agreed time was there, in percent, rounded down to three digits."""
    return floor(100_000 * (1 - down / agreed) + 1e-6) / 1000 if agreed else None


def _month(label: str, running: bool, days: Sequence[ServiceDay]) -> Month:
    measured = [day.measured for day in days if day.measured]
    reason = next((day.terms.left_out or "" for day in days if day.measured is None), "") if not measured else ""
    agreed, down = _sums(days)
    excluded = sum(one.excluded for one in measured)
    return Month(label, running, agreed, down, excluded, sum(one.failures for one in measured), reason)


def _sums(days: Sequence[ServiceDay]) -> tuple[int, float]:
    """Seconds agreed and seconds lost."""
    measured = [day.measured for day in days if day.measured]
    return sum(one.agreed for one in measured), round(sum(one.down for one in measured), 6)


def _within(day: ServiceDay, key: tuple[str | None, int | None], first: date, last: date) -> bool:
    return (day.terms.sla, day.terms.place) == key and first.isoformat() <= day.day <= last.isoformat()


def _window(name: str, today: date) -> tuple[date, date]:
    """First and last day of the window in which a day lies; a rolling one ends with it."""
    if name.endswith(ROLLING):
        return today - timedelta(days=int(name.removesuffix(ROLLING)) - 1), today
    window = window_of(today, name)
    return window.first, window.after - timedelta(days=1)


def _months_before(day: date, months: int) -> date:
    """The first day of the month so many months before."""
    number = 12 * day.year + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
