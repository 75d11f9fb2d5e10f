"""What was agreed: the SLAs of a service, the priority by the matrix in force, the hours of the calendar in force."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from servicebook.book import Book
from servicebook.clock.calendar import Calendar
from servicebook.clock.timeline import Timeline
from servicebook.clock.versions import in_force, local_date
from servicebook.clock.zones import zone, zone_names
from servicebook.record import Record


class Priority(NamedTuple):
    """A priority and the matrix version that gives it, or the reason why there is none."""

    level: str | None
    matrix: str | None = None
    version: int | None = None
    reason: str = ""


class Hours(NamedTuple):
    """The hours of a calendar version, or the reason why there are none."""

    calendar: Calendar | None
    version: int | None = None
    reason: str = ""


class Agreements:
    """The SLAs, matrices and calendars of a book, found by service and day. A day is `2026-03-04`."""

    def __init__(self, book: Book) -> None:
        self._zone = zone(book.config.zone)
        self._slas: dict[str, list[Record]] = defaultdict(list)
        for sla in book.records("sla"):
            for service in sla.data["services"]:
                self._slas[service].append(sla)
        self._matrices = {matrix.id: matrix for matrix in book.records("priority-matrix")}
        self._calendars = {calendar.id: calendar for calendar in book.records("calendar")}
        self._laid_out: dict[tuple[str, int], Calendar] = {}

    def day(self, instant: datetime) -> str:
        """The date of an instant where the organisation is."""
        return local_date(instant, self._zone)

    def slas(self, service: str | None) -> Sequence[Record]:
        """The SLAs that cover a service, by id."""
        return self._slas.get(service, ()) if service is not None else ()

    def priority(self, incident: Record, timeline: Timeline, day: str) -> Priority:
        """The priority of an incident by the matrix of the SLA in force on the day.

        Without an SLA it is the only matrix that is in force on that day; of several none is chosen.
        """
        for sla in self.slas(incident.data.get("service")):
            version = in_force(sla.data["versions"], day, "SLA").version
            if version is not None:
                return self.priority_by(version["matrix"], incident, timeline, day)
        found = [name for name, matrix in self._matrices.items() if in_force(matrix.data["versions"], day, "").version]
        if len(found) == 1:
            return self.priority_by(found[0], incident, timeline, day)
        return Priority(None, reason="no SLA says which matrix" if found else "no matrix version in force")

    def priority_by(self, matrix: str, incident: Record, timeline: Timeline, day: str) -> Priority:
        """The priority of an incident's impact and urgency, as last assessed, by one matrix."""
        if matrix not in self._matrices:
            return Priority(None, matrix, reason="no such priority matrix")
        version, _, reason = in_force(self._matrices[matrix].data["versions"], day, "matrix")
        if version is None:
            return Priority(None, matrix, reason=reason)
        impact, urgency = timeline.assessed(incident.data)
        level = version["priority"].get(impact, {}).get(urgency)
        return Priority(level, matrix, version["version"], "" if level else "no impact or urgency")

    def hours(self, calendar: str, day: str) -> Hours:
        """The hours of a calendar's version in force on a day."""
        if calendar not in self._calendars:
            return Hours(None, reason="no such calendar")
        version, place, reason = in_force(self._calendars[calendar].data["versions"], day, "calendar")
        if version is None:
            return Hours(None, reason=reason)
        if version["zone"] not in zone_names():
            return Hours(None, reason="unknown time zone")
        if (calendar, place) not in self._laid_out:
            self._laid_out[calendar, place] = Calendar(version)
        return Hours(self._laid_out[calendar, place], version["version"])
