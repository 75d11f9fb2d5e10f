"""What one version of an agreement says of the clock, read once: targets, reasons to pause, rules, releases."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal, NamedTuple

from servicebook.clock.duration import seconds_of_duration
from servicebook.source import Pointer

Measure = Literal["response", "restoration", "resolution", "fulfilment", "update"]

MEASURES: Final[tuple[Measure, ...]] = ("response", "restoration", "resolution", "fulfilment", "update")
"""What a target may measure, in the order in which timers are listed."""

INCIDENT: Final = "incident"
REQUEST: Final = "service-request"

WINDOW: Final = "month"
"""Over which a target, an availability or a limit on the workload goes that names no window."""

MINIMUM: Final = 1
"""From how many clocks on the percentage of a target is judged that names no number."""


def judged_kind(measure: str | None, kind: str | None) -> str:
    """Of which kind the records are that a target judges, from its measure and the kind that it names, if any."""
    return kind or (REQUEST if measure == "fulfilment" else INCIDENT)


Start = Literal["opened", "detected", "assigned", "responded", "major-declared"]
Until = Literal["done", "closed"]


class Lane(NamedTuple):
    """From which event to which a clock runs, and for which team. `done` is resolved or fulfilled."""

    start: Start
    assigned_to: str | None
    until: Until


PLAIN: Final = Lane("opened", None, "done")
"""The lane of a target that says nothing of it."""


class Target(NamedTuple):
    """One target of a version. `pointer` leads to it in the agreement; `limit` is in seconds."""

    pointer: Pointer
    measure: Measure
    kind: str
    priority: str | None
    services: frozenset[str]
    request_types: frozenset[str]
    limit: int
    working: bool
    lane: Lane

    def fits(self, kind: str, service: str | None, request_type: str | None) -> bool:
        """Whether it is for records like this one, of whatever priority."""
        return (
            kind == self.kind
            and (not self.services or service in self.services)
            and (not self.request_types or request_type in self.request_types)
        )


Fitting = dict[Lane, dict[Measure, list[Target]]]


class Stop(NamedTuple):
    """For what the clock stops: whether only with evidence, and for how many seconds of the target at most."""

    evidence: bool
    maximum: int | None


class WorkloadLimit(NamedTuple):
    """A number of cases of a kind in each window (month, quarter …) above which the provider is released."""

    kind: str
    limit: int
    window: str
    priority: str | None


class Terms:
    """One version of an SLA or a supporting agreement. `pointer` leads to it in the agreement's record."""

    def __init__(self, agreement: str, version: Mapping[str, Any], pointer: Pointer) -> None:
        rules = version.get("clock_rules", {})
        self.agreement = agreement
        self.version: int = version["version"]
        self.calendar: str | None = version.get("calendar")
        self.matrix: str | None = version.get("matrix")
        self.reopening: str = rules.get("reopening", "resume")
        self.priority_change: str = rules.get("priority_change", "retain-pauses")
        self.breached_on_limit: bool = rules.get("exactly_on_limit") == "breached"
        self.judged_at_stop: bool = rules.get("still_open") == "at-stop"
        self.stops = {entry["code"]: _stop(entry) for entry in version.get("clock_stops", ())}
        self.limits = _limits(version)
        self.exceptions = _objects(version.get("exceptions", ()))
        self.targets = [
            _target((*pointer, "targets", place), target) for place, target in enumerate(version.get("targets", ()))
        ]
        self._fitting: dict[tuple[str, str | None, str | None], Fitting] = {}

    def fitting(self, kind: str, service: str | None, request_type: str | None) -> Fitting:
        """The targets for such records, of every priority, by lane and measure."""
        key = kind, service, request_type
        if key not in self._fitting:
            found: Fitting = {}
            for target in self.targets:
                if target.fits(*key):
                    found.setdefault(target.lane, {}).setdefault(target.measure, []).append(target)
            self._fitting[key] = found
        return self._fitting[key]


def _target(pointer: Pointer, target: Mapping[str, Any]) -> Target:
    measure: Measure = target["measure"]
    closes = target.get("until") == "closed" and measure in ("resolution", "fulfilment")
    return Target(
        pointer,
        measure,
        judged_kind(measure, target.get("kind")),
        target.get("priority"),
        frozenset(target.get("services", ())),
        frozenset(target.get("request_types", ())),
        seconds_of_duration(target["limit"]),
        target["time"] == "working",
        Lane(target.get("from", "opened"), target.get("assigned_to"), "closed" if closes else "done"),
    )


def _stop(entry: Mapping[str, Any]) -> Stop:
    maximum = entry.get("maximum")
    return Stop(entry.get("evidence", False), None if maximum is None else seconds_of_duration(maximum))


def _limits(version: Mapping[str, Any]) -> list[WorkloadLimit]:
    """The limits in numbers; those in words alone are for people."""
    return [
        WorkloadLimit(
            REQUEST if entry.get("measure") == "service-requests" else INCIDENT,
            int(entry["limit"]),  # JSON Schema takes 3.0 and 1e6 for whole numbers
            entry.get("window", WINDOW),
            entry.get("priority"),
        )
        for entry in _objects(version.get("workload_limits", ()))
        if "limit" in entry
    ]


def _objects(entries: Iterable[Any]) -> list[Mapping[str, Any]]:
    """The entries that are objects. Those of an SLA of version 1, as old commits have them, are words alone."""
    return [entry for entry in entries if isinstance(entry, Mapping)]
