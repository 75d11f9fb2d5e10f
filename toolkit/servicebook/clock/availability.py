"""Availability: of the hours agreed for a service, day by day, how many seconds it was lost.

The rules, each held by a test:

- A day is one of the organisation's zone, from midnight to midnight: it may have 23 or 25 hours. It ends at
  `as_of` at the latest.
- What was agreed is what the version of the SLA in force on that day says (`availability`). Without one in force
  the day is left out with the reason; where no SLA speaks of the availability of a service, the target is that of the
  service itself, every hour counts, and maintenance is downtime.
- Agreed time is the calendar's open time (`working`) or all of it (`elapsed`).
- Maintenance that was announced at least `maintenance_notice` before it began is taken out of the agreed time: it is
  neither up nor down, also where an outage overlaps it. Any other maintenance is downtime.
- An outage takes away its `weight`, all of the service where it has none. A degradation does so too, or takes all
  (`full`) or nothing (`ignored`), as was agreed. Where losses overlap, the greatest counts and nothing is added.
- With `dependencies`, what happened to the services it depends on, at any remove, happened to it.
- An outage without an end lasts until `as_of`; one that begins later is not seen.
- Days begin with the first of which the book speaks: its `since`, its first incident or its first outage. A service
  has none before it was live or after it was retired.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from servicebook.book import Book
from servicebook.clock.agreements import Agreements
from servicebook.clock.calendar import Calendar
from servicebook.clock.days import Day, days_between, first_day
from servicebook.clock.duration import seconds_of_duration
from servicebook.clock.losses import Loss, Measured, measure
from servicebook.clock.terms import WINDOW
from servicebook.clock.versions import in_force
from servicebook.clock.years import seconds_of
from servicebook.clock.zones import zone
from servicebook.record import Record, instant


class Terms(NamedTuple):
    """What is agreed on the availability of a service on a day, or `left_out`: the reason why that cannot be said.

    `place` is that of the agreement in the version's `availability`; `notice` is in seconds.
    """

    sla: str | None
    sla_version: int | None = None
    place: int | None = None
    target: float | None = None
    window: str = WINDOW
    hours: Calendar | None = None
    notice: int | None = None
    degradation: str = "weighted"
    dependencies: bool = False
    left_out: str | None = None


@dataclass(frozen=True, slots=True)
class ServiceDay:
    """One service and day (`2026-03-04`) under one agreement; instants in UTC. `measured` is None where left out."""

    service: str
    day: str
    start: datetime
    end: datetime
    terms: Terms
    measured: Measured | None


class Availability:
    """The availability of the services of one book, up to an instant. Make one and ask it for each service."""

    def __init__(self, book: Book, as_of: datetime, agreements: Agreements | None = None) -> None:
        self._agreements = agreements or Agreements(book)
        self._as_of = seconds_of(as_of)
        self._services = {service.id: service for service in book.records("service")}
        self._outages: dict[str, list[Record]] = defaultdict(list)
        for outage in book.records("outage"):
            for service in outage.data["services"]:
                self._outages[service].append(outage)
        local = zone(book.config.zone)
        first = first_day(book, local)
        self._days = list(days_between(first, as_of, local)) if first is not None else []

    def all_days(self) -> Iterator[ServiceDay]:
        """Every service, by id, and its days in order."""
        for service in sorted(self._services):
            yield from self.days(service)

    def days(self, service: str) -> Iterator[ServiceDay]:
        """The days of one service; several for one day where several agreements speak of its availability."""
        record = self._services[service]
        first, last = record.data["live_from"], record.data.get("retired_on", "9")
        days = [day for day in self._days if first <= day.name <= last]
        slas = [sla for sla in self._agreements.slas(service) if _speaks(sla, service)]
        filed: dict[tuple[int | None, str, bool], dict[str, list[Loss]]] = {}
        for day in days:
            for terms in self._terms(record, slas, day.name):
                measured = None
                if terms.left_out is None:
                    words = terms.notice, terms.degradation, terms.dependencies
                    if words not in filed:
                        filed[words] = _by_day(self._losses(service, terms), days)
                    measured = _measured(day, terms.hours, filed[words].get(day.name))
                yield ServiceDay(service, day.name, day.start, day.end, terms, measured)

    def _terms(self, service: Record, slas: Sequence[Record], day: str) -> Iterator[Terms]:
        found = False
        for sla in slas:
            version, _, reason = in_force(sla.data["versions"], day, "SLA")
            if version is None:
                found = True
                yield Terms(sla.id, left_out=reason)
                continue
            for place, agreed in enumerate(version.get("availability", ())):
                if service.id in agreed.get("services", sla.data["services"]):
                    found = True
                    yield self._agreed(sla.id, version, place, day)
        if not found:
            yield Terms(None, target=service.data.get("availability_target"))

    def _agreed(self, sla: str, version: Mapping[str, Any], place: int, day: str) -> Terms:
        agreed = version["availability"][place]
        terms = Terms(sla, version["version"], place, agreed["target"], agreed.get("window", WINDOW))
        if agreed.get("time") == "working":
            calendar = agreed.get("calendar", version.get("calendar"))
            if calendar is None:
                return terms._replace(left_out="no calendar agreed")
            hours, _, reason = self._agreements.hours(calendar, day)
            terms = terms._replace(hours=hours, left_out=reason or None)
        return terms._replace(
            notice=seconds_of_duration(agreed["maintenance_notice"]) if "maintenance_notice" in agreed else None,
            degradation=agreed.get("degradation", "weighted"),
            dependencies=agreed.get("dependencies", False),
        )

    def _losses(self, service: str, terms: Terms) -> Iterator[Loss]:
        """What took something of a service away, as the terms see it."""
        services = self._with_dependencies(service) if terms.dependencies else {service}
        outages = {outage.id: outage for name in services for outage in self._outages[name]}
        for name, outage in sorted(outages.items()):
            loss = _loss(name, outage.data, terms, self._as_of)
            if loss.start < loss.end:
                yield loss

    def _with_dependencies(self, service: str) -> set[str]:
        found: set[str] = set()
        waiting = [service]
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                record = self._services.get(name)
                waiting += record.data.get("depends_on", ()) if record else ()
        return found


def _speaks(sla: Record, service: str) -> bool:
    """Whether any version of an SLA agrees on the availability of a service."""
    return any(
        service in agreed.get("services", sla.data["services"])
        for version in sla.data["versions"]
        for agreed in version.get("availability", ())
    )


def _loss(name: str, outage: Mapping[str, Any], terms: Terms, as_of: int) -> Loss:
    start = seconds_of(instant(outage["from"]))
    end = min(seconds_of(instant(outage["to"])), as_of) if "to" in outage else as_of
    sort, weight = outage["type"], float(outage.get("weight", 1))
    if sort == "maintenance":
        told = seconds_of(instant(outage["announced_at"])) if "announced_at" in outage else None
        excluded = terms.notice is not None and told is not None and told + terms.notice <= start
        return Loss(start, end, 1.0, name, excluded=excluded)
    if sort == "degradation":
        return Loss(start, end, {"full": 1.0, "ignored": 0.0}.get(terms.degradation, weight), name)
    return Loss(start, end, weight, name, failure=True)


def _by_day(losses: Iterator[Loss], days: Sequence[Day]) -> dict[str, list[Loss]]:
    """Losses under each of the days on which they last."""
    starts, ends = [day.span[0] for day in days], [day.span[1] for day in days]
    found: dict[str, list[Loss]] = defaultdict(list)
    for loss in losses:
        for place in range(bisect_right(ends, loss.start), bisect_left(starts, loss.end)):
            found[days[place].name].append(loss)
    return found


def _measured(day: Day, hours: Calendar | None, losses: Sequence[Loss] | None) -> Measured:
    if not losses:
        agreed = hours.worked(day.start, day.end) if hours is not None else day.span[1] - day.span[0]
        return Measured(agreed, 0.0, 0.0, 0, 0, ())
    if hours is None:
        return measure([day.span], losses)
    return measure([(seconds_of(a), seconds_of(b)) for a, b in hours.intervals(day.start, day.end)], losses)
