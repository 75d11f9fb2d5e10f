"""How much the month after the last whole one may bring, by the method that was least wrong in the past.

Three methods say one month in advance how many records there will be: the naive one (as many as last month), the
seasonal naive one (as many as in the same month a year before), and exponential smoothing (`smoothing.py`). Each is
tried on the past by a rolling origin: for every month it sees only the months before (Hyndman and Athanasopoulos,
Forecasting: Principles and Practice, 3rd edition, 5.8 and 5.10). The one with the least mean absolute error over
the last months that all of them were tried on is shown; of equals the simpler one. A method tried on less than six
months is not chosen.

The interval of 80 or 95 percent is the forecast ± the root mean square of the method's errors in those months times
the quantile of Student's distribution for as many degrees of freedom: right if errors to come are like those of the
past and about normal. It is never narrower than what chance does to a count of that size, whose variance is its mean
(Poisson), nor does it go below 0. That the method was chosen by the same errors makes it still somewhat too narrow.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import sqrt
from statistics import NormalDist
from typing import Final

from servicebook.facts import Facts
from servicebook.foresight import student
from servicebook.foresight.points import MeasureOf, Point, months, next_month, overall
from servicebook.foresight.seasonal import SEASON
from servicebook.foresight.smoothing import available, smoothed
from servicebook.metrics import Metric

LEAST_TRAINING: Final = 8
LEAST_TRIALS: Final = 6
"""Months on which a method must have been tried to be chosen."""
NEEDED: Final = LEAST_TRAINING + LEAST_TRIALS
"""Whole months without which there is no forecast: eight to learn from, six to be tried on."""

MOST_TRIALS: Final = 24
VOLUMES: Final = ("incidents-opened", "requests-opened")
"""Metrics that are forecast: how much work comes in."""

LEVELS: Final = (80, 95)

Method = Callable[[Sequence[float]], float]


@dataclass(frozen=True, slots=True)
class Trial:
    """How one method did on the past: mean absolute and root mean square error over so many `months`.

    They are those on which all methods were tried that can be chosen; of another, those that it was tried on.
    """

    method: str
    mean_absolute: float
    root_mean_square: float
    months: int

    @property
    def enough(self) -> bool:
        """Whether the method was tried on months enough to be chosen."""
        return self.months >= LEAST_TRIALS


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is to be expected in `month`; figures count records.

    With less than `NEEDED` months in `history` only these are given, and `method` is None. `low` and `high` have a
    bound for each of `LEVELS`. `compared` is over how many months the methods were compared; `smoothing` says
    whether smoothing was among them, which needs the extra. `so_far` is what the month has had by the instant; None
    where it has not begun.
    """

    month: str
    history: tuple[Point, ...]
    smoothing: bool
    method: str | None = None
    value: float | None = None
    low: tuple[float, ...] = ()
    high: tuple[float, ...] = ()
    trials: tuple[Trial, ...] = ()
    compared: int = 0
    so_far: float | None = None

    def trial(self, method: str) -> Trial | None:
        """How a method did; None where it was not tried."""
        return next((trial for trial in self.trials if trial.method == method), None)


def forecasts(facts: Facts, metrics: Mapping[str, Metric], measured: MeasureOf) -> dict[str, Forecast]:
    """The forecast of each of `VOLUMES` for the month after the last whole one; none in a book without one."""
    following = next_month(facts)
    if following is None:
        return {}
    over = months(facts)
    found = {}
    for name in VOLUMES:
        if name in metrics:
            expected = forecast(overall(metrics[name], over, measured), following.label)
            if following.start < facts.as_of:
                running = measured(metrics[name], following, ()).groups[0]
                expected = replace(expected, so_far=running.values[metrics[name].aggregates[0]])
            found[name] = expected
    return found


def forecast(history: Sequence[Point], month: str) -> Forecast:
    """The forecast for `month` from the whole months before it, oldest first."""
    values, smoothing = [point.value for point in history], available()
    if len(values) < NEEDED:
        return Forecast(month, tuple(history), smoothing)
    methods: dict[str, Method] = {"naive": _naive, "seasonal-naive": _seasonal_naive, "smoothing": smoothed}
    if not smoothing:
        del methods["smoothing"]
    errors = {name: backtest(values, method, _least(name)) for name, method in methods.items()}
    common = min(len(found) for found in errors.values() if len(found) >= LEAST_TRIALS)
    trials = tuple(_trial(name, found[-common:]) for name, found in errors.items() if found)
    best = min((trial for trial in trials if trial.enough), key=lambda trial: trial.mean_absolute)
    value = max(0.0, methods[best.method](values))
    far = [_reach(best, value, level / 100) for level in LEVELS]
    return Forecast(
        month=month,
        history=tuple(history),
        smoothing=smoothing,
        method=best.method,
        value=value,
        low=tuple(max(0.0, value - reach) for reach in far),
        high=tuple(value + reach for reach in far),
        trials=trials,
        compared=common,
    )


def backtest(values: Sequence[float], method: Method, least: int = LEAST_TRAINING) -> list[float]:
    """What came less what the method said of it from the values before, for each value that has `least` before it.

    Of more than `MOST_TRIALS` the last ones.
    """
    first = max(least, LEAST_TRAINING, len(values) - MOST_TRIALS)
    return [values[place] - method(values[:place]) for place in range(first, len(values))]


def _reach(trial: Trial, value: float, level: float) -> float:
    """How far the interval of a level goes to either side of a forecast."""
    by_chance = NormalDist().inv_cdf(0.5 + level / 2) * sqrt(value)
    return max(student.reach(level, trial.months) * trial.root_mean_square, by_chance)


def _least(method: str) -> int:
    """Values that a method must have seen."""
    return SEASON if method == "seasonal-naive" else LEAST_TRAINING


def _naive(history: Sequence[float]) -> float:
    return history[-1]


def _seasonal_naive(history: Sequence[float]) -> float:
    return history[-SEASON]


def _trial(method: str, errors: Sequence[float]) -> Trial:
    absolute = sum(map(abs, errors)) / len(errors)
    return Trial(method, absolute, sqrt(sum(error * error for error in errors) / len(errors)), len(errors))
