"""A metric as a series: one point a whole month, in the organisation's zone.

The month in which the book begins is left out, for nobody can tell whether it is whole, and so is the running
month. The last month is that of the last event, so that a log which ended long ago ends there too.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import dropwhile

from servicebook.facts import Facts
from servicebook.metrics import Group, Measure, Metric, Period

MeasureOf = Callable[[Metric, Period, tuple[str, ...]], Measure]
"""Works out a metric over a period, grouped by dimensions; whoever has measures at hand gives those."""

COUNTED = ("count", "sum")
"""Aggregates for which a month without a record is a nought, and not a month without a figure."""


@dataclass(frozen=True, slots=True)
class Point:
    """The figure of one month, in the metric's unit, and how many records stand behind it."""

    month: str
    value: float
    n: int


def months(facts: Facts) -> list[Period]:
    """The whole months after the one in which the book begins, up to the last event, oldest first."""
    begun = [state["started_at"] for state in facts.tables["state"].records()]
    if not begun:
        return []
    found, month = [], _next(_month(min(begun), facts), facts)
    while month.end <= facts.as_of and month.start <= max(begun):
        found.append(month)
        month = _next(month, facts)
    return found


def next_month(facts: Facts) -> Period | None:
    """The month after the last whole one; None where there is no whole month."""
    known = months(facts)
    return _next(known[-1], facts) if known else None


def overall(metric: Metric, over: Sequence[Period], measured: MeasureOf) -> list[Point]:
    """The metric's first aggregate month by month. A month without a figure has no point.

    Counts begin with the first month that has one: before it nobody may have kept such records.
    """
    found = [_point(metric, period, measured(metric, period, ()).groups[0]) for period in over]
    points = [point for point in found if point is not None]
    if metric.aggregates[0] in COUNTED:
        return list(dropwhile(lambda point: point.n == 0, points))
    return points


def by_dimension(metric: Metric, over: Sequence[Period], measured: MeasureOf, dimension: str) -> dict[str, list[Point]]:
    """The same for each value of a dimension, in order. What is counted is nought in months without a record.

    Noughts begin with the first record, for before it the service may not have been there.
    """
    found: dict[str, list[Point]] = defaultdict(list)
    for period in over:
        groups = {group.key[dimension]: group for group in measured(metric, period, (dimension,)).groups}
        for key in {*groups, *(found if metric.aggregates[0] in COUNTED else ())}:
            if key is None:
                continue
            point = _point(metric, period, groups[key]) if key in groups else Point(period.label, 0, 0)
            if point is not None:
                found[key].append(point)
    return dict(sorted(found.items()))


def _point(metric: Metric, period: Period, group: Group) -> Point | None:
    value = group.values[metric.aggregates[0]]
    return None if value is None else Point(period.label, value, group.n)


def _month(instant: datetime, facts: Facts) -> Period:
    return Period.parse(instant.astimezone(facts.zone).strftime("%Y-%m"), facts.zone)


def _next(month: Period, facts: Facts) -> Period:
    return _month(month.end, facts)
