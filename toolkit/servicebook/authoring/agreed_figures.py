"""What an SLA promises, held against what was done in a period: a figure for each percentage, and the workload."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any, NamedTuple

from servicebook.authoring.retrospect import Figure, Retrospect
from servicebook.clock import in_force
from servicebook.record import Record

_OTHERS = "sla-attainment"
"""The metric of a measure that has none of its own; it is limited to the measure."""


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
    for promise in version["targets"]:
        if "attainment" in promise:
            for limits in _limits(promise, ("services", "request_types")):
                yield _agreed(back, sla, promise["measure"], promise["attainment"], limits)
    for promise in version.get("availability", ()):
        for service in promise.get("services", sla.data["services"]):
            yield _agreed(back, sla, "availability", promise["target"], {"service": service})


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


def _agreed(back: Retrospect, sla: Record, measure: str, target: float, limits: dict[str, str]) -> Agreed:
    own = next((name for name, metric in back.metrics.items() if metric.agreed == measure), None)
    by = {"sla": sla.id} | limits | ({} if own else {"measure": measure})
    figure = back.figure(own or _OTHERS, by)
    told = [*limits.values()] if own else [measure, *limits.values()]
    windows = [row for row in _windows(back, "target", sla) if _is_of(row, measure, limits)]
    judged = [row["held"] for row in windows if row["held"] is not None]
    return Agreed(
        figure._replace(title=", ".join([figure.title, *told])), sla, target,
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


def _is_of(row: Mapping[str, Any], measure: str, limits: Mapping[str, str]) -> bool:
    service = limits.get("service")
    return (
        row["measure"] == measure
        and row["priority"] == limits.get("priority")
        and (service is None or service in row["services"].split(", "))
    )


def _told(row: Mapping[str, Any]) -> str:
    if row["percent"] is None or row["held"] is None:
        return f"{row['window']}: {row['left_out']}"
    of = "" if row["measure"] == "availability" else f" of {row['counted']}"
    return f"{row['window']}: {row['percent']:.{2 if not of else 1}f} percent{of}{'' if row['held'] else ', missed'}"
