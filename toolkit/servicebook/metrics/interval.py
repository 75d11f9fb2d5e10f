"""How far a share that was found in a sample may lie from that of the population: the Wilson score interval.

For p of n answers and z = 1.96 the bounds are (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n): E. B. Wilson,
“Probable inference, the law of succession, and statistical inference”, Journal of the American Statistical
Association 22 (1927), 209 to 212. It holds for few answers and for shares near 0 and 100, where p ± 1.96 standard
errors does not.

Where the size N of the population is known, n is replaced by n (N − 1)/(N − n), the number of answers that would be
as sure if the population were endless: the correction of the variance for a finite population, (N − n)/(N − 1), which
W. G. Cochran gives for a proportion in “Sampling Techniques” (3rd edition, 1977), chapter 3.

It tells the chance of drawing these and not others. It does not tell whether those who did not answer think alike.
"""

from math import sqrt
from typing import NamedTuple

from servicebook.metrics.aggregate import RATIO
from servicebook.metrics.metric import Metric
from servicebook.metrics.values import Numbers

LEVEL = 0.95
Z = 1.959963984540054
"""The quantile of the normal distribution that 97.5 percent lie below."""

WILSON = "Wilson"
CORRECTED = "Wilson, finite population"


class Interval(NamedTuple):
    """From `low` to `high`, in percent; `level` is how often such an interval holds the population's share."""

    low: float
    high: float
    level: float
    method: str


def interval(metric: Metric, numbers: Numbers) -> Interval | None:
    """The interval of a metric that estimates a share; None without answers, and where the whole population answered.

    Of a ratio, the sum of `of` is the number of answers and the sum of `population` the size of the population; of a
    share, each row is an answer and the population has no known size.
    """
    if metric.estimates != "share":
        return None
    values = numbers.column("value")
    ratio = metric.aggregates[0] == RATIO
    answers = sum(numbers.column("of")) if ratio else len(values)
    favourable = sum(values) / 100 if ratio else sum(value != 0 for value in values)
    if answers <= 0 or not 0 <= favourable <= answers:
        return None
    sizes = numbers.column("population") if ratio else []
    if not sizes or len(sizes) < len(values):
        return Interval(*wilson(favourable / answers, answers), LEVEL, WILSON)
    size = sum(sizes)
    if size <= answers:
        return None
    return Interval(*wilson(favourable / answers, answers * (size - 1) / (size - answers)), LEVEL, CORRECTED)


def wilson(share: float, answers: float) -> tuple[float, float]:
    """The bounds in percent, for a share between 0 and 1 of so many answers."""
    middle = share + Z * Z / (2 * answers)
    margin = Z * sqrt(share * (1 - share) / answers + Z * Z / (4 * answers * answers))
    scale = 1 + Z * Z / answers
    return 100 * max(0.0, (middle - margin) / scale), 100 * min(1.0, (middle + margin) / scale)
