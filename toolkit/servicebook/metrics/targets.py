"""What a figure is held against: the percentage that agreements in force ask for, else an open objective.

- A metric whose header says `agreed:` is held against the percentages of the SLA versions in force on the last day of
  the period; availability that no SLA speaks of, against the target of the service. A group is held against what
  is agreed for the SLA, the service and the priority in its key. Where different percentages are agreed for what is
  in it, or for a part of it none, it has no target: there is no such thing as a mean of promises.
- Any metric may be that of an `objective` record that is open on that day and in the metric's unit. An objective
  speaks of the whole, or of each service that it names, and not of parts of it. Of several the one that is due next
  counts.

Whether a target is met is said as the figures have it, over whatever period was asked for. What was agreed for each
window on its own is in the fact table `target`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import cache
from typing import Any, Literal, NamedTuple

from servicebook.book import Book
from servicebook.clock import MINIMUM, in_force, judged_kind
from servicebook.metrics.aggregate import Value
from servicebook.metrics.metric import Metric
from servicebook.metrics.period import Period

Direction = Literal["at-least", "at-most"]
Key = Mapping[str, str | None]

KINDS = ("objective", "service", "sla")
"""The kinds of records that say what figures are held against; no others are asked for."""

DIGITS = 9
"""A figure that misses its target by less than this many digits tell, has missed it by binary fractions alone."""


@dataclass(frozen=True, slots=True)
class Target:
    """The value, which way it holds, and the records that say so, by id.

    `met` is None where there is no figure, or one of fewer records than the agreement asks for.
    """

    value: float
    direction: Direction
    sources: tuple[str, ...]
    met: bool | None

    @property
    def source(self) -> str:
        """The first of the records that say so."""
        return self.sources[0]


class Promise(NamedTuple):
    """One percentage agreed; None in `percent` where there is a target without one. None elsewhere means every."""

    source: str
    percent: float | None
    sla: str | None
    services: tuple[str, ...]
    priority: str | None = None
    kind: str | None = None
    request_types: tuple[str, ...] | None = None
    minimum: int = MINIMUM
    number: str | None = None

    def covers(self, key: Key) -> bool:
        """Whether any of it falls into a group."""
        return (
            key.get("sla", self.sla) == self.sla
            and ("service" not in key or key["service"] in self.services)
            and ("priority" not in key or self.priority in (None, key["priority"]))
            and ("kind" not in key or self.kind in (None, key["kind"]))
            and key.get("number", self.number) == self.number
            and ("request_type" not in key or self.request_types is None or key["request_type"] in self.request_types)
        )


class Targets:
    """The targets of one book."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._promises = cache(self._read)

    def of(self, metric: Metric, period: Period, zone: tzinfo, key: Key, value: Value | None, n: int) -> Target | None:
        """What a group is held against; `value` is its first figure and `n` how many rows that rests on."""
        if key.get("book", self._book.config.organisation) != self._book.config.organisation:
            return None
        day = period.days(zone)[1].isoformat()
        return self._agreed(metric, day, key, value, n) or self._objective(metric, day, key, value)

    def percentages(self, metric: Metric, day: str) -> list[float]:
        """Every percentage agreed for what a metric measures by the versions in force on a day, ascending."""
        return sorted({promise.percent for promise in self._of(metric, day) if promise.percent is not None})

    def _of(self, metric: Metric, day: str) -> tuple[Promise, ...]:
        found = self._promises(metric.agreed, day) if metric.agreed else ()
        return tuple(promise for promise in found if metric.kind in ("", promise.kind))

    def _agreed(self, metric: Metric, day: str, key: Key, value: Value | None, n: int) -> Target | None:
        if key.get("measure", metric.agreed) != metric.agreed:
            return None
        found = [promise for promise in self._of(metric, day) if promise.covers(key)]
        if not found or len({promise.percent for promise in found}) > 1 or found[0].percent is None:
            return None
        few = n < max(promise.minimum for promise in found)
        sources = tuple(sorted({promise.source for promise in found}))
        return _target(found[0].percent, "at-least", sources, None if few else value)

    def _objective(self, metric: Metric, day: str, key: Key, value: Value | None) -> Target | None:
        if not set(key) <= {"book", "service"}:
            return None
        found = [
            record
            for record in self._book.records("objective")
            if record.data.get("metric") == metric.name
            and record.data["unit"] == metric.unit
            and record.data.get("closed_on", "9999") > day
            and _speaks_of(record.data.get("services", ()), key)
        ]
        if not found:
            return None
        next_due = min(found, key=lambda record: (record.data["due"] < day, record.data["due"], record.id))
        return _target(next_due.data["target"], next_due.data["direction"], (next_due.id,), value)

    def _read(self, measure: str, day: str) -> tuple[Promise, ...]:
        promises = list(self._in_slas(measure, day))
        if measure == "availability":
            spoken_of = {service for promise in promises for service in promise.services}
            promises += [
                Promise(service.id, service.data["availability_target"], None, (service.id,))
                for service in self._book.records("service")
                if "availability_target" in service.data and service.id not in spoken_of
            ]
        return tuple(promises)

    def _in_slas(self, measure: str, day: str) -> Iterator[Promise]:
        for sla in self._book.records("sla"):
            version = in_force(sla.data["versions"], day, "SLA").version
            for number, target in _targets(version, measure) if version else ():
                yield Promise(
                    source=sla.id,
                    percent=target.get("target" if measure == "availability" else "attainment"),
                    sla=sla.id,
                    services=tuple(target.get("services", sla.data["services"])),
                    priority=target.get("priority"),
                    kind=None if measure == "availability" else judged_kind(measure, target.get("kind")),
                    request_types=tuple(target["request_types"]) if "request_types" in target else None,
                    minimum=target.get("minimum", MINIMUM),
                    number=str(number),
                )


def _speaks_of(services: Sequence[str], key: Key) -> bool:
    """Whether an objective for these services, or without any for all together, is one for a group."""
    return key["service"] in services if "service" in key else not services


def _targets(version: Mapping[str, Any], measure: str) -> list[tuple[int, Mapping[str, Any]]]:
    """The targets of a version for a measure, with their numbers in it."""
    if measure == "availability":
        return list(enumerate(version.get("availability", ()), 1))
    return [(number, target) for number, target in enumerate(version["targets"], 1) if target["measure"] == measure]


def _target(goal: float, direction: Direction, sources: tuple[str, ...], value: Value | None) -> Target:
    over = None if value is None else round(value - goal, DIGITS)
    met = None if over is None else over >= 0 if direction == "at-least" else over <= 0
    return Target(goal, direction, sources, met)
