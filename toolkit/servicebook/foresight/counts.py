"""What chance does to a count: how likely each is, how far out one lies, and between which limits it stays.

Where counts are small the three standard deviations of a normal distribution say little. A count is therefore put as
far out as a normal value of the same tail probability: 3 means that so low, or so high, a count has a chance of 0.135
percent (probability limits; Montgomery, Introduction to Statistical Quality Control, chapter on charts for attributes).
"""

from collections.abc import Sequence
from math import comb, exp, fsum
from statistics import NormalDist
from typing import Final

NORMAL: Final = NormalDist()
TAIL: Final = NORMAL.cdf(-3)
_NEVER: Final = 1e-15
"""What is less likely than this counts as this likely: nearly eight standard deviations."""


def binomial(n: int, share: float) -> list[float]:
    """The chance of 0 … n of n records, each with the same chance, 0 to 1. For at most a thousand records."""
    return [comb(n, count) * share**count * (1 - share) ** (n - count) for count in range(n + 1)]


def poisson(mean: float) -> list[float]:
    """The chance of 0, 1, 2 … events that come one by one at a steady rate, as far as it can matter."""
    chances, count = [exp(-mean)], 0
    while count < mean or chances[-1] > _NEVER:
        count += 1
        chances.append(chances[-1] * mean / count)
    return chances


def score(chances: Sequence[float], count: int) -> float:
    """How many standard deviations out a count lies: below 0 for a low one, 0 for one that is neither low nor high."""
    low, high = fsum(chances[: count + 1]), fsum(chances[count:])
    if min(low, high) >= 0.5:
        return 0.0
    return NORMAL.inv_cdf(max(low, _NEVER)) if low < high else -NORMAL.inv_cdf(max(high, _NEVER))


def limits(chances: Sequence[float]) -> tuple[int, int]:
    """The least and the greatest count that lie at most 3 standard deviations out."""
    low = next(count for count in range(len(chances)) if fsum(chances[: count + 1]) >= TAIL)
    high = next(count for count in range(len(chances) - 1, -1, -1) if fsum(chances[count:]) >= TAIL)
    return low, high
