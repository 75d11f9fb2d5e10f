"""A metric over time: its control chart, and each month beside the same month a year before."""

from collections.abc import Sequence
from dataclasses import dataclass

from servicebook.foresight.control import Control, judge, sort_of
from servicebook.foresight.points import MeasureOf, Point, by_dimension, overall
from servicebook.foresight.seasonal import YearBefore, seasons, years
from servicebook.metrics import Metric, Period


@dataclass(frozen=True, slots=True)
class Trend:
    """The course of a metric's first aggregate, as a whole or for one value (`key`) of a dimension.

    `years` are the last twelve months beside those a year before, `seasons` how many whole years there are.
    """

    metric: Metric
    key: str | None
    control: Control
    years: tuple[YearBefore, ...]
    seasons: int


def trend(metric: Metric, points: Sequence[Point], key: str | None = None) -> Trend:
    """What a series of a metric shows."""
    control = judge(points, sort_of(metric), 100.0 if metric.unit == "percent" else None)
    return Trend(metric, key, control, tuple(years(points)), seasons(points))


def trends(metric: Metric, over: Sequence[Period], measured: MeasureOf, by: str | None = None) -> list[Trend]:
    """The trend of a metric over some months, or that of each value of a dimension. Raises Problem for one it lacks."""
    if by is None:
        return [trend(metric, overall(metric, over, measured))]
    return [trend(metric, points, key) for key, points in by_dimension(metric, over, measured, by).items()]
