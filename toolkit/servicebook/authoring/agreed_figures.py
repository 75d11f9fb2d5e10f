"""What an SLA promises, held against what was done in a period: a figure for each percentage, and the workload."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

from servicebook.authoring.retrospect import Figure, Retrospect
from servicebook.clock import in_force, judged_kind
from servicebook.record import Record

_OTHERS = "sla-attainment"
"""The metric of targets that have none of their own; it is limited to their measure and kind."""

_AVAILABILITY = "availability"

_SCOPE = ("measure", "kind", "priority", "services", "request_types", "window", "time", "from", "assigned_to", "until")
"""What makes a target of another version the same promise, whatever its limit and percentage."""


class Agreed(NamedTuple):
    """A figure with the percentage that an SLA promises for it. `met` follows from the windows that ended in the
    period, each judged on its own as the SLA says, and is None where none was judged; `windows` tells them."""

    figure: Figure
    sla: Record
    target: float
    met: bool | None
    windows: str


def agreed_figures(back: Retrospect, sla: Record) -> Iterator[Agreed]:
    """The percentages of the version in force on the last day of the period, in its order."""
    version = in_force(sla.data["versions"], back.span["to"], "SLA").version
    if version is None:
        return
    for number, promise in enumerate(version["targets"], 1):
        if "attainment" in promise:
            windows = _windows_of(back, sla, version["version"], number, promise)
            for limits in _limits(promise, ("services", "request_types")):
                yield _of_clocks(back, sla, promise, limits, windows)
    promised = [promise.get("services", sla.data["services"]) for promise in version.get("availability", ())]
    for number, promise in enumerate(version.get("availability", ()), 1):
        windows = _windows_of(back, sla, version["version"], number, promise)
        for service in promised[number - 1]:
            limits = {"service": service}
            if sum(service in services for services in promised) > 1:
                limits["number"] = str(number)
            yield _agreed(back, sla, _metric(back, _AVAILABILITY) or _AVAILABILITY, promise["target"], limits, windows)


def workload(back: Retrospect, sla: Record) -> Iterator[dict[str, Any]]:
    """Each limit on the workload with its busiest window in the period, as a service report has it."""
    busiest: dict[tuple[str, str | None], Mapping[str, Any]] = {}
    for row in _windows(back, "workload", sla):
        limit = row["kind"], row["priority"]
        if limit not in busiest or row["counted"] > busiest[limit]["counted"]:
            busiest[limit] = row
    for (kind, priority), row in busiest.items():
        what = "Incidents" if kind == "incident" else "Service requests"
        about = f" {priority}" if priority else ""
        entry: dict[str, Any] = {
            "measure": f"{what}{about} of {sla.id}, busiest window ({row['window']})",
            "value": row["counted"],
            "limit": row["limit_count"],
        }
        if row["released"]:
            entry["note"] = f"{row['released']} beyond the limit have no clock."
        yield entry


def _limits(promise: Mapping[str, Any], lists: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """What a target is limited to, as dimensions of a metric; one for each service and type of request it names."""
    named = [(name.removesuffix("s"), promise[name]) for name in lists if name in promise]
    priority = {"priority": promise["priority"]} if "priority" in promise else {}
    for values in product(*(found for _, found in named)):
        yield dict(zip((name for name, _ in named), values, strict=True)) | priority


def _metric(back: Retrospect, measure: str, kind: str | None = None) -> str | None:
    """The metric that is held against promises of this measure, for records of the kind."""
    found = (name for name, one in back.metrics.items() if one.agreed == measure and one.kind in ("", kind))
    return next(found, None)


def _of_clocks(
    back: Retrospect, sla: Record, promise: Mapping[str, Any], limits: dict[str, str], windows: list[Mapping[str, Any]]
) -> Agreed:
    measure, kind = promise["measure"], judged_kind(promise["measure"], promise.get("kind"))
    own = _metric(back, measure, kind)
    limits = limits if own else {"measure": measure, "kind": kind} | limits
    return _agreed(back, sla, own or _OTHERS, promise["attainment"], limits, windows)


def _agreed(
    back: Retrospect, sla: Record, metric: str, target: float, limits: dict[str, str], windows: list[Mapping[str, Any]]
) -> Agreed:
    figure = back.figure(metric, {"sla": sla.id} | limits)
    judged = [row["held"] for row in windows if row["held"] is not None]
    return Agreed(
        figure._replace(title=", ".join([figure.title, *limits.values()])), sla, target,
        all(judged) if judged else None, "; ".join(map(_told, windows)),
    )  # fmt: skip


def _windows(back: Retrospect, table: str, sla: Record) -> list[Mapping[str, Any]]:
    """The rows of windows that ended in the period and are over, in order of time."""
    found = [
        row
        for row in back.facts.tables[table].records()
        if row["sla"] == sla.id and back.period.start < row["ended_at"] <= min(back.period.end, back.facts.as_of)
    ]
    return sorted(found, key=lambda row: (row["ended_at"], row["window"]))


def _windows_of(
    back: Retrospect, sla: Record, version: int, number: int, promise: Mapping[str, Any]
) -> list[Mapping[str, Any]]:
    """The windows of one promise, and of the same promise in the versions that were in force before."""
    name = "targets" if "measure" in promise else "availability"
    own = version, number
    same = {own} | {
        (other["version"], place)
        for other in sla.data["versions"]
        for place, target in enumerate(other.get(name, ()), 1)
        if other["version"] != version and all(target.get(word) == promise.get(word) for word in _SCOPE)
    }
    return [
        row
        for row in _windows(back, "target", sla)
        if (row["measure"] == _AVAILABILITY) == (name == _AVAILABILITY) and (row["sla_version"], row["number"]) in same
    ]


def _told(row: Mapping[str, Any]) -> str:
    if row["percent"] is None or row["held"] is None:
        return f"{row['window']}: {row['left_out']}"
    of = "" if row["measure"] == _AVAILABILITY else f" of {row['counted']}"
    return f"{row['window']}: {row['percent']:.{2 if not of else 1}f} percent{of}{'' if row['held'] else ', missed'}"
