"""Control charts: whether a series only varies as it always did, or something has changed.

Three kinds, each with limits three standard deviations from the centre (Shewhart, Economic Control of Quality of
Manufactured Product, 1931):

- `p`, where each point is the percentage of a known number of records: what a binomial share of each month's own
  number may be. It takes the records as independent, which among thousands they are not (Laney, Improved control
  charts for attributes, 2002); where any month has more than a thousand the share is charted as a figure.
- `c`, for counts of less than five a month on average: what a Poisson count may be. The ranges of so small whole
  numbers say little.
- `xmr`, for every other figure, individuals and moving ranges: the deviation is the mean range between neighbours /
  1.128, so that the limits lie 2.66 mean ranges from the centre, and a range above 3.267 mean ranges is too wide
  (Wheeler, Understanding Variation, 1993). Larger counts are charted so too, for incidents come in clusters, and the
  limits of a c chart would be too tight for them. There is no u chart: no metric tells how many could have been.

The limits of `p` and `c` are those of the distribution itself (`counts.py`).

The baseline is the first twelve points, all of them where there are fewer, at least eight. It is not moved: what came
later is judged by what was before. Which rules may fire is in `signals.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Final, Literal

from servicebook.foresight.counts import binomial, limits, poisson, score
from servicebook.foresight.points import COUNTED, Point
from servicebook.foresight.signals import Signal, signals
from servicebook.metrics import Metric

BASELINE: Final = 12
LEAST: Final = 8
"""Points without which no limits are worked out."""

FEW: Final = 5
"""Mean of counts from which on they are charted by their ranges."""
MOST_INDEPENDENT: Final = 1000
"""Records behind a month above which they are not taken as independent."""

D2: Final = 1.128
"""Mean range of two values of a normal distribution, in standard deviations."""
RANGE_LIMIT: Final = 3.267

Sort = Literal["share", "count", "figure"]
"""What a value is: a percentage of the point's n records, a count, or anything else."""


@dataclass(frozen=True, slots=True)
class Control:
    """A control chart. Figures are in the unit of the metric.

    `refused` says why there are no limits: `too-few` points, or `flat`, a baseline that says nothing of how the figure
    varies: a share or a count that was always the same, another figure that mostly stayed as it was. Then `centre`
    is None, and `low`, `high` and `signals` are empty; otherwise `low` and `high` have a limit for each point.
    `baseline` counts the points that the limits rest on, and `range_limit` is the widest range (xmr only).
    """

    kind: Literal["p", "c", "xmr"]
    points: tuple[Point, ...]
    baseline: int
    centre: float | None = None
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    range_limit: float | None = None
    signals: tuple[Signal, ...] = ()
    refused: Literal["too-few", "flat"] | None = None


def sort_of(metric: Metric) -> Sort:
    """What the values of a metric's first aggregate are."""
    aggregate = metric.aggregates[0]
    return "share" if aggregate == "share" else "count" if aggregate == COUNTED[0] else "figure"


def judge(points: Sequence[Point], sort: Sort = "figure", most: float | None = None) -> Control:
    """The control chart of a series. No limit is below 0 where no value is, nor above `most` where no value is."""
    baseline = points[:BASELINE]
    chart = Control(_kind(points, sort), tuple(points), len(baseline))
    if len(points) < LEAST:
        return replace(chart, refused="too-few")
    if chart.kind == "xmr":
        return _by_ranges(chart, most)
    return _by_chance(chart)


def _kind(points: Sequence[Point], sort: Sort) -> Literal["p", "c", "xmr"]:
    baseline = points[:BASELINE]
    if sort == "share" and all(0 < point.n <= MOST_INDEPENDENT for point in points):
        return "p"
    if sort == "count" and sum(point.value for point in baseline) < FEW * len(baseline):
        return "c"
    return "xmr"


def _by_ranges(chart: Control, most: float | None) -> Control:
    values = [point.value for point in chart.points]
    ranges = [abs(after - before) for before, after in pairwise(values)]
    centre = sum(values[: chart.baseline]) / chart.baseline
    mean_range = sum(ranges[: chart.baseline - 1]) / (chart.baseline - 1)
    if median(ranges[: chart.baseline - 1]) == 0:
        return replace(chart, refused="flat")
    sigma = mean_range / D2
    low, high = centre - 3 * sigma, centre + 3 * sigma
    low = max(0.0, low) if min(values) >= 0 else low
    high = high if most is None or max(values) > most else min(most, high)
    fired = signals(
        [point.month for point in chart.points], [(value - centre) / sigma for value in values], values,
        [wide / mean_range > RANGE_LIMIT for wide in ranges],
    )  # fmt: skip
    limit = RANGE_LIMIT * mean_range
    everywhere = len(values)
    return replace(
        chart, centre=centre, low=(low,) * everywhere, high=(high,) * everywhere, range_limit=limit, signals=fired
    )


def _by_chance(chart: Control) -> Control:
    baseline = chart.points[: chart.baseline]
    if chart.kind == "p":
        counts = [round(point.value * point.n / 100) for point in chart.points]
        share = sum(counts[: chart.baseline]) / sum(point.n for point in baseline)
        centre, certain = 100 * share, share in (0, 1)
        chances = [binomial(point.n, share) for point in chart.points]
        units = [100 / point.n for point in chart.points]
    else:
        counts = [round(point.value) for point in chart.points]
        centre = sum(counts[: chart.baseline]) / chart.baseline
        certain = centre == 0
        chances = [poisson(centre)] * len(counts)
        units = [1.0] * len(counts)
    if certain:
        return replace(chart, refused="flat")
    found = [limits(chance) for chance in chances]
    values = [point.value for point in chart.points]
    apart = [score(chance, count) for chance, count in zip(chances, counts, strict=True)]
    return replace(
        chart,
        centre=centre,
        low=tuple(low * unit for (low, _), unit in zip(found, units, strict=True)),
        high=tuple(high * unit for (_, high), unit in zip(found, units, strict=True)),
        signals=signals([point.month for point in chart.points], apart, values),
    )
