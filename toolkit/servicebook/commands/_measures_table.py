"""Measures as a table to read on a terminal of a hundred columns.

Metrics stand under the heading of their group. A figure that is held against something says in words whether it is
met; figures with several aggregates take a line for each. What does not fit a column stands in a line of its own
below: why records were left out, and how far an estimate may be off.
"""

from collections.abc import Iterator, Sequence

from servicebook.commands._measures import left_out
from servicebook.commands._shared import padded, width
from servicebook.finding import inert_line
from servicebook.metrics import GROUPS, Group, Measure
from servicebook.metrics.rounding import digits
from servicebook.metrics.targets import Target

NOTHING = "–"
HEADINGS = {  # in the words of the pages, whose labels need libraries that a terminal does without
    "incident": "Incidents",
    "sla": "Service level agreements",
    "availability": "Availability",
    "problem": "Problems",
    "change": "Changes",
    "request": "Service requests",
    "supplier": "Suppliers",
    "feedback": "Feedback",
    "improvement": "Improvement",
    "audit": "Audits",
    "": "Of this book's own",
}
SIGNS = {"at-least": "≥", "at-most": "≤"}
LONGEST = 40
"""Columns that a key may take; a longer one is cut."""

Line = list[str] | str


def table(measures: Sequence[Measure], by: Sequence[str]) -> list[str]:
    """The lines of the table."""
    header = ["metric", *by, "figure", "unit", "target", "previous", "n", "left out"]
    lines: list[Line] = list(_lines(measures))
    rows = [header, *(line for line in lines if isinstance(line, list))]
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return [line if isinstance(line, str) else _aligned(line, widths) for line in (header, *lines)]


def _aligned(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(padded(cell, wide) for cell, wide in zip(cells, widths, strict=True)).rstrip()


def _lines(measures: Sequence[Measure]) -> Iterator[Line]:
    headings = len({measure.metric.group for measure in measures}) > 1
    for group in (*GROUPS, ""):
        of_group = [measure for measure in measures if measure.metric.group == group]
        if of_group and headings:
            yield ""
            yield HEADINGS[group]
        for measure in of_group:
            for found in measure.groups:
                yield from _group_lines(measure, found)


def _group_lines(measure: Measure, group: Group) -> Iterator[Line]:
    metric = measure.metric
    out = sum(group.left_out.values())
    for number, (name, value) in enumerate(group.values.items()):
        figure = _figure(value, metric.unit) if len(group.values) == 1 else f"{name} {_figure(value, metric.unit)}"
        previous = _previous(measure, group, name)
        if number == 0:
            few = f"{group.n}, few" if group.small else str(group.n)
            target = _target(group.target) if group.target else ""
            yield [metric.name, *_key(group), figure, metric.unit, target, previous, few, str(out) if out else ""]
        else:
            yield ["", *[""] * len(group.key), figure, metric.unit, "", previous, "", ""]
    if group.interval:
        low, high, level, method = group.interval
        yield f"    {level:.0%} interval {_figure(low, metric.unit)} to {_figure(high, metric.unit)} ({method})"
    if out:
        yield f"    left out: {inert_line(left_out(group))}"


def _figure(value: float | None, unit: str) -> str:
    """A figure with one digit; with more where a percentage is nearly all or nothing, but not quite."""
    if value is None:
        return NOTHING
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.{digits(value, unit)}f}"


def _target(target: Target) -> str:
    verdict = "" if target.met is None else ", met" if target.met else ", missed"
    return f"{SIGNS[target.direction]} {target.value:g}{verdict}"


def _previous(measure: Measure, group: Group, name: str) -> str:
    """The earlier figures, and how it went since the newest of them, which only a whole period can tell."""
    figures = ", ".join(_figure(earlier.values[name], measure.metric.unit) for earlier in group.previous)
    if not group.previous or not measure.complete:
        return figures
    way = measure.metric.way(group.previous[0].values[name], group.values[name])
    return figures if way == "new" else f"{figures}, {way}"


def _key(group: Group) -> list[str]:
    shown = [NOTHING if value is None else inert_line(value) for value in group.key.values()]
    return [value if width(value) <= LONGEST else value[: LONGEST // 2] + "…" for value in shown]
