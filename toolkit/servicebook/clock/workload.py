"""What came in against the workload limits of SLAs: in each window, which cases came after the last one agreed.

A limit counts every case of its kind that was opened in the window for a service of the SLA, in order of
opening and then of id, whichever version of the SLA was in force then and whatever became of it. Where it
names a priority, it counts those that have it as last assessed, by the matrix in force when they were opened.
A case is released by the limits of the version in force when it was opened.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from servicebook.book import Book
from servicebook.clock.agreements import Agreements
from servicebook.clock.terms import Terms, WorkloadLimit
from servicebook.clock.timeline import Timeline, walk
from servicebook.clock.windows import Window, window_of
from servicebook.record import Record


class Load(NamedTuple):
    """What a limit of an SLA version counts in one window: the cases' ids by opening, and which of them it releases."""

    sla: str
    sla_version: int
    limit: WorkloadLimit
    window: Window
    cases: tuple[str, ...]
    released: frozenset[str]


class _Opened(NamedTuple):
    """A case by its opening. `day` is that of the opening where the organisation is."""

    at: datetime
    id: str
    day: str
    record: Record
    timeline: Timeline


class Workload:
    """The cases of a book by service and opening, counted when a limit first asks for them."""

    def __init__(self, book: Book, agreements: Agreements) -> None:
        self._book = book
        self._agreements = agreements
        self._opened: dict[tuple[str, datetime], dict[str, list[_Opened]]] = {}
        self._loads: dict[tuple[str, datetime], list[Load]] = {}
        self._released: dict[tuple[str, datetime], frozenset[str]] = {}

    def loads(self, sla: Record, as_of: datetime) -> list[Load]:
        """Each limit in numbers of an SLA, and each window in which a case was opened under its version by `as_of`."""
        key = sla.id, as_of
        if key not in self._loads:
            self._loads[key] = [
                load
                for terms in self._agreements.terms(sla)
                for limit in terms.limits
                for load in self._under(sla, terms, limit, as_of)
            ]
        return self._loads[key]

    def released(self, sla: Record, as_of: datetime) -> frozenset[str]:
        """The ids of the cases, opened by `as_of`, that the limits of an SLA do not provide for."""
        key = sla.id, as_of
        if key not in self._released:
            self._released[key] = frozenset(name for load in self.loads(sla, as_of) for name in load.released)
        return self._released[key]

    def _under(self, sla: Record, terms: Terms, limit: WorkloadLimit, as_of: datetime) -> Iterator[Load]:
        windows: dict[Window, list[_Opened]] = defaultdict(list)
        for case in self._cases(sla, limit.kind, as_of):
            if limit.priority is None or self._level(sla, case) == limit.priority:
                windows[window_of(date.fromisoformat(case.day), limit.window)].append(case)
        for window, cases in sorted(windows.items()):
            under = frozenset(case.id for case in cases if self._agreements.agreed(sla, case.day).terms is terms)
            if under:
                names = tuple(case.id for case in cases)
                yield Load(sla.id, terms.version, limit, window, names, under.intersection(names[limit.limit :]))

    def _cases(self, sla: Record, kind: str, as_of: datetime) -> list[_Opened]:
        """The cases of a kind for the services of an SLA, by opening and id."""
        key = kind, as_of
        if key not in self._opened:
            self._opened[key] = self._by_service(kind, as_of)
        found = (case for service in sla.data["services"] for case in self._opened[key].get(service, ()))
        return sorted(found, key=lambda case: (case.at, case.id))

    def _by_service(self, kind: str, as_of: datetime) -> dict[str, list[_Opened]]:
        found: dict[str, list[_Opened]] = defaultdict(list)
        for record in self._book.records(kind):
            service, lifecycle = record.data.get("service"), record.kind.lifecycle
            if service is None or lifecycle is None:
                continue
            timeline = walk(record.data, lifecycle, as_of)
            if timeline.opened is not None:
                day = self._agreements.day(timeline.opened)
                found[service].append(_Opened(timeline.opened, record.id, day, record, timeline))
        return found

    def _level(self, sla: Record, case: _Opened) -> str | None:
        terms = self._agreements.agreed(sla, case.day).terms
        if terms is None or terms.matrix is None:
            return None
        return self._agreements.levels(terms.matrix, case.day).at(case.record, case.timeline).level
