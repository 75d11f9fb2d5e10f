"""How the values of many records become one figure.

- count: how many; sum: their sum; share: how many percent have a value other than 0.
- mean: the arithmetic mean; min and max: the least and the greatest.
- median: the middle value, of an even number the mean of the two in the middle.
- pNN: the NN-th percentile by nearest rank: the least value that at least NN percent of the values do
  not exceed. It is always the value of a record, so one can point at it.
- ratio: the sum of the values over the sum of what they are of, such as seconds lost over seconds agreed. A
  record weighs as much as it has of it, which a mean of percentages would not do.

Without a value count and sum are 0 and the others are empty; so is a ratio of which nothing is there.
None of them depends on the order of the values: sums are exact before they are rounded once.
"""

from collections.abc import Callable, Sequence
from math import fsum
from statistics import median

Value = float | int
Aggregate = Callable[[Sequence[Value]], Value | None]

RATIO = "ratio"


def percentile(values: Sequence[Value], percent: int) -> Value | None:
    """The percentile by nearest rank, None of nothing."""
    rank = -(-percent * len(values) // 100)  # rounded up
    return sorted(values)[rank - 1] if values else None


AGGREGATES: dict[str, Aggregate] = {
    "count": len,
    "sum": fsum,
    "share": lambda values: 100 * sum(value != 0 for value in values) / len(values) if values else None,
    "mean": lambda values: fsum(values) / len(values) if values else None,
    "median": lambda values: median(values) if values else None,
    "min": lambda values: min(values, default=None),
    "max": lambda values: max(values, default=None),
    "p50": lambda values: percentile(values, 50),
    "p75": lambda values: percentile(values, 75),
    "p90": lambda values: percentile(values, 90),
    "p95": lambda values: percentile(values, 95),
    "p99": lambda values: percentile(values, 99),
}
"""Those that look at the values alone."""

NAMES = (*AGGREGATES, RATIO)


def figure(name: str, values: Sequence[Value], of: Sequence[Value] = ()) -> Value | None:
    """The figure that an aggregate makes of values; `of` is what each is of, for a ratio."""
    if name != RATIO:
        return AGGREGATES[name](values)
    whole = fsum(of)
    return fsum(values) / whole if whole else None
