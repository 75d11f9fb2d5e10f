"""What was agreed: the SLAs of a service and what supports them, each with its version in force on a day."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from servicebook.book import Book
from servicebook.clock.calendar import Calendar
from servicebook.clock.levels import Levels, Priority
from servicebook.clock.terms import PLAIN, Lane, Terms
from servicebook.clock.timeline import Timeline
from servicebook.clock.versions import InForce, in_force, local_date
from servicebook.clock.zones import zone, zone_names
from servicebook.record import Record


class Hours(NamedTuple):
    """The hours of a calendar version, or the reason why there are none."""

    calendar: Calendar | None
    version: int | None = None
    reason: str = ""


class Agreed(NamedTuple):
    """The terms of an agreement in force on a day, or the reason why there are none."""

    terms: Terms | None
    reason: str = ""


class Agreements:
    """The agreements, matrices and calendars of a book, found by service and day. A day is `2026-03-04`."""

    def __init__(self, book: Book) -> None:
        self._zone = zone(book.config.zone)
        self._slas: dict[str, list[Record]] = defaultdict(list)
        for sla in book.records("sla"):
            for service in sla.data["services"]:
                self._slas[service].append(sla)
        self._supporting: dict[str, list[Record]] = defaultdict(list)
        for agreement in book.records("supporting-agreement"):
            for sla_id in agreement.data["supports"]:
                self._supporting[sla_id].append(agreement)
        self._matrices = {matrix.id: matrix for matrix in book.records("priority-matrix")}
        self._calendars = {calendar.id: calendar for calendar in book.records("calendar")}
        self._laid_out: dict[tuple[str, int], Calendar] = {}
        self._terms: dict[str, list[Terms]] = {}
        self._lanes: dict[str, list[Lane]] = {}
        self._agreed: dict[tuple[str, str], Agreed] = {}
        self._levels: dict[tuple[str, str], Levels] = {}
        self._hours: dict[tuple[str, str], Hours] = {}

    def day(self, instant: datetime) -> str:
        """The date of an instant where the organisation is."""
        return local_date(instant, self._zone)

    def slas(self, service: str | None) -> Sequence[Record]:
        """The SLAs that cover a service, by id."""
        return self._slas.get(service, ()) if service is not None else ()

    def supporting(self, slas: Sequence[Record]) -> list[tuple[Record, list[Record]]]:
        """The agreements that support any of these SLAs, by id, each with those that it supports."""
        found: dict[str, tuple[Record, list[Record]]] = {}
        for sla in slas:
            for agreement in self._supporting.get(sla.id, ()):
                found.setdefault(agreement.id, (agreement, []))[1].append(sla)
        return [found[name] for name in sorted(found)]

    def terms(self, agreement: Record) -> list[Terms]:
        """What each version of an agreement says of the clock."""
        if agreement.id not in self._terms:
            versions = enumerate(agreement.data["versions"])
            self._terms[agreement.id] = [
                Terms(agreement.id, version, ("versions", place)) for place, version in versions
            ]
        return self._terms[agreement.id]

    def lanes(self, agreement: Record) -> list[Lane]:
        """The lanes of all versions and the plain one, sorted."""
        if agreement.id not in self._lanes:
            found = {PLAIN} | {target.lane for terms in self.terms(agreement) for target in terms.targets}
            self._lanes[agreement.id] = sorted(found, key=lambda lane: (lane.start, lane.assigned_to or "", lane.until))
        return self._lanes[agreement.id]

    def agreed(self, agreement: Record, day: str) -> Agreed:
        """The terms of an SLA or a supporting agreement in force on a day."""
        key = agreement.id, day
        if key not in self._agreed:
            version, place, reason = in_force(agreement.data["versions"], day, "SLA")
            self._agreed[key] = Agreed(None if version is None else self.terms(agreement)[place], reason)
        return self._agreed[key]

    def priority(self, record: Record, timeline: Timeline, day: str, before: int | None = None) -> Priority:
        """The priority of a record, as last assessed before a position, by the matrix of the SLA in force on the day.

        Without an SLA it is the only matrix that is in force on that day; of several none is chosen.
        """
        for sla in self.slas(record.data.get("service")):
            terms = self.agreed(sla, day).terms
            if terms is not None and terms.matrix is not None:
                return self.levels(terms.matrix, day).at(record, timeline, before)
        found = [name for name, matrix in self._matrices.items() if in_force(matrix.data["versions"], day, "").version]
        if len(found) == 1:
            return self.levels(found[0], day).at(record, timeline, before)
        return Priority(None, reason="no SLA says which matrix" if found else "no matrix version in force")

    def levels(self, matrix: str, day: str) -> Levels:
        """The levels of a matrix's version in force on a day."""
        key = matrix, day
        if key not in self._levels:
            if matrix in self._matrices:
                found = in_force(self._matrices[matrix].data["versions"], day, "matrix")
            else:
                found = InForce(None, reason="no such priority matrix")
            self._levels[key] = Levels(matrix, found)
        return self._levels[key]

    def hours(self, calendar: str, day: str) -> Hours:
        """The hours of a calendar's version in force on a day."""
        key = calendar, day
        if key not in self._hours:
            self._hours[key] = self._hours_of(calendar, day)
        return self._hours[key]

    def _hours_of(self, calendar: str, day: str) -> Hours:
        if calendar not in self._calendars:
            return Hours(None, reason="no such calendar")
        version, place, reason = in_force(self._calendars[calendar].data["versions"], day, "calendar")
        if version is None:
            return Hours(None, reason=reason)
        if version["zone"] not in zone_names():
            return Hours(None, reason="unknown time zone")
        if (calendar, place) not in self._laid_out:
            self._laid_out[calendar, place] = Calendar(version, calendar, ("versions", place))
        return Hours(self._laid_out[calendar, place], version["version"])
