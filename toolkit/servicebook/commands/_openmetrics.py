"""Measures in the text format of OpenMetrics 1.0, which Prometheus and dashboards read.

    # TYPE servicebook_time_to_restore_hours gauge
    # UNIT servicebook_time_to_restore_hours hours
    # HELP servicebook_time_to_restore_hours Time to restore
    servicebook_time_to_restore_hours{period="2026-Q3",aggregate="mean",service="SVC-shop"} 2.5

Each metric is a gauge with a label for the period, the aggregate and each dimension (empty: the record has none). What
is known about the figures besides has gauges of its own, with the name of the metric as a label: `servicebook_records`,
`servicebook_left_out` by reason, `servicebook_target`, `servicebook_target_met` (1 or 0), `servicebook_low` and
`servicebook_high` of an interval. `servicebook_info` says what was looked at. What there is no figure
of has no sample.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from servicebook import __version__
from servicebook.commands._basis import Basis
from servicebook.commands._measures import distinct, instant
from servicebook.finding import inert_line
from servicebook.metrics import Group, Measure, Metric, Period

PREFIX = "servicebook"
RESERVED = ("total", "created", "count", "sum", "bucket", "gcount", "gsum", "info")
"""Endings by which the format tells other types of metrics."""

OWN = ("metric", "period", "aggregate", "reason", "direction")
"""Labels that are no dimension."""

_ODD = re.compile(r"[^a-zA-Z0-9_]+")


class Family(NamedTuple):
    """One metric of the exposition; a sample is its labels and its value. Without `unit` it has none."""

    name: str
    help: str
    samples: Sequence[tuple[Mapping[str, str], float]]
    unit: str = ""
    type: str = "gauge"


def exposition(basis: Basis, period: Period, measures: Sequence[Measure]) -> str:
    """The whole text, up to `# EOF`."""
    about = {
        "version": __version__,
        **{name: version for name, version in basis.tool.items() if name != PREFIX},
        "book": ", ".join(basis.books),
        "commit": basis.commit or "",
        "as_of": instant(basis.as_of),
        "period": period.label,
        "complete": "true" if period.end <= basis.as_of else "false",
    }
    besides = list(_besides(measures))
    families = [
        Family(PREFIX, "What was measured, and with what.", [(about, 1)], type="info"),
        *_figures(measures, {PREFIX, f"{PREFIX}_info", *(family.name for family in besides)}),
        *besides,
    ]
    return "".join(line + "\n" for family in families for line in _lines(family)) + "# EOF\n"


def _lines(family: Family) -> Iterator[str]:
    if not family.samples:
        return
    yield f"# TYPE {family.name} {family.type}"
    if family.unit:
        yield f"# UNIT {family.name} {family.unit}"
    yield f"# HELP {family.name} {_escaped(family.help)}"
    name = family.name + ("_info" if family.type == "info" else "")
    for labels, value in family.samples:
        shown = ",".join(f'{key}="{_escaped(text)}"' for key, text in labels.items())
        yield f"{name}{{{shown}}} {value!r}"


def _figures(measures: Sequence[Measure], taken: set[str]) -> Iterator[Family]:
    """A family for each metric, called otherwise than those whose names are taken."""
    for measure in measures:
        metric = measure.metric
        name, unit = _name(metric, taken)
        taken.add(name)
        samples = [
            (labels | {"aggregate": aggregate} | _key(group), value)
            for labels, n, values, group in _periods(measure)
            for aggregate, value in values.items()
            if value is not None
        ]
        yield Family(name, metric.title(), samples, unit)


def _periods(measure: Measure) -> Iterator[tuple[dict[str, str], int, Mapping[str, float | None], Group]]:
    """Each group in each period: the labels of the period, how many records, the figures."""
    for group in measure.groups:
        yield {"period": measure.period.label}, group.n, group.values, group
        for earlier in group.previous:
            yield {"period": earlier.label}, earlier.n, earlier.values, group


def _besides(measures: Sequence[Measure]) -> Iterator[Family]:
    """What is known about each figure."""
    groups = [(measure, group) for measure in measures for group in measure.groups]
    yield Family(
        f"{PREFIX}_records",
        "Records that a figure rests on.",
        [(_labels(measure, group) | labels, n) for measure in measures for labels, n, _, group in _periods(measure)],
    )
    yield Family(
        f"{PREFIX}_left_out",
        "Records that a figure leaves out, by reason.",
        [
            (_labels(measure, group) | {"reason": reason}, number)
            for measure, group in groups
            for reason, number in group.left_out.items()
        ],
    )
    targets = [(_labels(measure, group), group.target) for measure, group in groups if group.target]
    yield Family(
        f"{PREFIX}_target",
        "What the first figure of a metric is held against.",
        [(labels | {"direction": target.direction}, target.value) for labels, target in targets],
    )
    yield Family(
        f"{PREFIX}_target_met",
        "Whether the target is met: 1 or 0.",
        [(labels, int(target.met)) for labels, target in targets if target.met is not None],
    )
    intervals = [(_labels(measure, group), group.interval) for measure, group in groups if group.interval]
    yield Family(f"{PREFIX}_low", "Lower bound of an estimate.", [(labels, found.low) for labels, found in intervals])
    yield Family(f"{PREFIX}_high", "Upper bound of an estimate.", [(labels, found.high) for labels, found in intervals])


def _labels(measure: Measure, group: Group) -> dict[str, str]:
    return {"metric": measure.metric.name, "period": measure.period.label} | _key(group)


def _key(group: Group) -> dict[str, str]:
    """The dimensions as labels."""
    labels = distinct([name.strip("_") or "by" for name in group.key], OWN)
    return {label: value or "" for label, value in zip(labels, group.key.values(), strict=True)}


def _name(metric: Metric, taken: Collection[str]) -> tuple[str, str]:
    """The name of a metric's family, and the unit that it ends in: none where the name with it is taken."""
    plain, unit = f"{PREFIX}_{metric.name.replace('-', '_')}", _unit(metric)
    while True:
        if unit and f"{plain}_{unit}" not in taken:
            return f"{plain}_{unit}", unit
        if plain not in taken:
            return plain, ""
        plain += "_metric"


def _unit(metric: Metric) -> str:
    unit = _ODD.sub("_", metric.unit).strip("_").lower()
    return "" if unit.rpartition("_")[2] in RESERVED else unit


def _escaped(text: str) -> str:
    return inert_line(text).replace("\\", "\\\\").replace('"', '\\"')
