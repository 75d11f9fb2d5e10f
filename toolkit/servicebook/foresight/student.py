"""Student's distribution: how far out a value may lie where the spread was itself found from few values.

The share of values within t of n degrees of freedom is a finite series in the angle whose tangent is t / √n
(Abramowitz and Stegun, Handbook of Mathematical Functions, 1964, 26.7.3 and 26.7.4).
"""

from math import atan, cos, pi, sin, sqrt
from typing import Final

_FURTHEST: Final = 1e6
_HALVINGS: Final = 80


def within(far: float, freedom: int) -> float:
    """The share, 0 to 1, of values between -far and far; `freedom` is at least 1."""
    angle = atan(far / sqrt(freedom))
    odd = freedom % 2
    term, total = (cos(angle), 0.0) if odd else (1.0, 0.0)
    for step in range(1 + odd, freedom, 2):
        total += term
        term *= cos(angle) ** 2 * step / (step + 1)
    return 2 / pi * (angle + sin(angle) * total) if odd else sin(angle) * total


def reach(level: float, freedom: int) -> float:
    """How far from 0 a share `level` (above 0, below 1) of the values stays, in estimated standard deviations."""
    low, high = 0.0, _FURTHEST
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if within(middle, freedom) < level else (low, middle)
    return high
