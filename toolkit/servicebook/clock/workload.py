"""What came in against the workload limits of SLAs: in each window, which cases came after the last one agreed.

A limit counts every case of its kind that was opened in the window for a service of the SLA, in order of
opening and then of id, whichever version of the SLA was in force then and whatever became of it. Where it
names a priority, it counts those that have it as last assessed, by the matrix in force when they were opened.
"""

from collections import defaultdict
from datetime import date, datetime
from typing import NamedTuple

from servicebook.book import Book
from servicebook.clock.agreements import Agreements
from servicebook.clock.terms import WorkloadLimit
from servicebook.clock.timeline import Timeline, walk
from servicebook.clock.windows import first_of_window
from servicebook.record import Record


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
        self._above: dict[tuple[str, WorkloadLimit, datetime], frozenset[str]] = {}

    def above(self, sla: Record, limit: WorkloadLimit, as_of: datetime) -> frozenset[str]:
        """The ids of the cases, opened by an instant, that a limit of an SLA does not provide for."""
        key = sla.id, limit, as_of
        if key not in self._above:
            windows: dict[date, list[str]] = defaultdict(list)
            for case in self._cases(sla, limit.kind, as_of):
                if limit.priority is None or self._level(sla, case) == limit.priority:
                    windows[first_of_window(date.fromisoformat(case.day), limit.window)].append(case.id)
            self._above[key] = frozenset(name for found in windows.values() for name in found[limit.limit :])
        return self._above[key]

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
