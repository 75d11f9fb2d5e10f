"""The rules by which a control chart tells that something has changed, and not only varies.

The first four are those of the Western Electric Statistical Quality Control Handbook (1956), the fifth is the third of
Nelson (The Shewhart control chart: tests for special causes, 1984), the sixth is the limit of the chart of ranges. A
point on the centre is on no side of it. More rules find more, and cry wolf more often: of figures that never change
but by chance, in sixteen months, about one chart in five shows a signal, of very lopsided ones one in two, of small
counts and shares one in twenty five. `tests/foresight` works these rates out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

RULES: Final = ("beyond-limit", "two-of-three", "four-of-five", "eight-on-one-side", "six-steady", "wide-range")


@dataclass(frozen=True, slots=True)
class Signal:
    """A rule that fired, and the months of the points that made it fire, oldest first."""

    rule: str
    months: tuple[str, ...]


def signals(
    months: Sequence[str], apart: Sequence[float], values: Sequence[float], too_wide: Sequence[bool] = ()
) -> tuple[Signal, ...]:
    """Every rule that fired, in the order of `RULES`, and of one rule by time.

    `apart` says how many standard deviations each point lies above the centre, `too_wide` whether the range from
    each point to the next is beyond its limit.
    """
    found = (
        [[place] for place, far in enumerate(apart) if abs(far) > 3],
        _together(apart, 2, 3, 2),
        _together(apart, 4, 5, 1),
        _together(apart, 8, 8, 0),
        _steady(values, 6),
        [[place, place + 1] for place, wide in enumerate(too_wide) if wide],
    )
    return tuple(
        Signal(rule, tuple(months[place] for place in run))
        for rule, runs in zip(RULES, found, strict=True)
        for run in runs
    )


def _together(apart: Sequence[float], needed: int, window: int, sigmas: float) -> list[list[int]]:
    """Runs of points on one side, more than so many deviations out: `needed` of them within `window` neighbours."""
    runs = []
    for side in (1, -1):
        out = [place for place, far in enumerate(apart) if side * far > sigmas]
        found = [
            set(near)
            for first in range(len(out) - needed + 1)
            if (near := out[first : first + needed])[-1] - near[0] < window
        ]
        runs += _joined(found)
    return sorted(runs)


def _steady(values: Sequence[float], needed: int) -> list[list[int]]:
    """Runs of points that each rise, or each fall, from one to the next."""
    runs = []
    for side in (1, -1):
        steps = [side * (after - before) > 0 for before, after in pairwise(values)]
        found = [
            set(range(first, first + needed))
            for first in range(len(values) - needed + 1)
            if all(steps[first : first + needed - 1])
        ]
        runs += _joined(found)
    return sorted(runs)


def _joined(found: Sequence[set[int]]) -> list[list[int]]:
    """Sets in order of their first point, those that share points made one."""
    runs: list[set[int]] = []
    for places in found:
        if runs and runs[-1] & places:
            runs[-1] |= places
        else:
            runs.append(places)
    return [sorted(run) for run in runs]
