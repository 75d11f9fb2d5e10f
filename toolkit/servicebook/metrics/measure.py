"""A metric applied to a period: the figure, what it is made of, what it is held against, and what was left out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from servicebook.errors import Problem
from servicebook.facts import Facts
from servicebook.metrics.aggregate import Value
from servicebook.metrics.behind import Behind, Key, Row
from servicebook.metrics.duckdb_engine import engine_for
from servicebook.metrics.engine import FIXED, Engine, check_dimensions
from servicebook.metrics.interval import Interval, interval
from servicebook.metrics.metric import Metric
from servicebook.metrics.period import Period
from servicebook.metrics.targets import Target, Targets
from servicebook.metrics.values import NotANumber, Numbers, text

SMALL = 5
"""A figure of fewer records than this is marked as small: one record more could turn it."""


@dataclass(frozen=True, slots=True)
class Previous:
    """The same figures in an earlier period of the same length; `complete` says whether that was over."""

    label: str
    values: dict[str, Value | None]
    n: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of the rows that share the values in `key` (None: the row has none there).

    `values` has a figure for each aggregate of the metric, `n` is how many rows it rests on and `left_out` how
    many were not used, by reason. `target` is what the first figure is held against, `interval` how far it may be
    off where a sample stands for a population, `previous` the periods before, newest first.
    """

    key: dict[str, str | None]
    values: dict[str, Value | None]
    n: int
    left_out: dict[str, int]
    target: Target | None
    interval: Interval | None
    previous: list[Previous]
    behind: Behind = field(repr=False, compare=False)

    @property
    def small(self) -> bool:
        """Whether so few records stand behind it that one more could turn it."""
        return 0 < self.n < SMALL

    @property
    def rows(self) -> list[Row]:
        """The rows behind the figures, those left out among them, by id; fetched when first asked for.

        A row is a record, or one of its clocks where the metric counts clocks: then an id may come twice.
        """
        return self.behind.rows(tuple(self.key.values()))


@dataclass(frozen=True, slots=True)
class Measure:
    """A metric over a period. Without dimensions there is one group, also where no record is in it."""

    metric: Metric
    period: Period
    as_of: datetime
    by: tuple[str, ...]
    groups: list[Group]

    @property
    def complete(self) -> bool:
        """Whether the period was over at `as_of`."""
        return self.period.end <= self.as_of


def dimensions(source: Facts | Engine, metric: Metric) -> list[str]:
    """What a metric can be grouped by."""
    return [name for name in _engine(source).columns(metric) if name not in FIXED]


def measure(
    source: Facts | Engine,
    metric: Metric,
    period: Period,
    by: Sequence[str] = (),
    *,
    previous: int = 0,
    targets: Targets | None = None,
) -> Measure:
    """The metric over the period, grouped by dimensions of its query. Raises Problem.

    `previous` is how many periods before it are measured as well; a group that only they have is given too, with no
    record in this one. Without `targets` nothing has a target.
    """
    engine = _engine(source)
    check_dimensions(metric, dimensions(engine, metric), by)
    earlier = [(before, _numbers(engine, metric, before, by)) for before in _before(engine, period, previous)]
    behind = Behind(engine, metric, period, tuple(by))
    groups = []
    found = _numbers(engine, metric, period, by)
    for key in sorted({key for numbers in (found, *(before for _, before in earlier)) for key in numbers}, key=_order):
        numbers = found.get(key, Numbers())
        values, named = numbers.figures(metric), dict(zip(by, key, strict=True))
        n = len(numbers.numbers["value"])
        groups.append(
            Group(
                named,
                values,
                n,
                dict(sorted(numbers.left_out.items())),
                targets.of(metric, period, engine.zone, named, values[metric.aggregates[0]], n) if targets else None,
                interval(metric, numbers),
                [_previous(engine, metric, before, was.get(key, Numbers())) for before, was in earlier],
                behind,
            )
        )
    return Measure(metric, period, engine.as_of, tuple(by), groups)


def measure_all(
    source: Facts | Engine,
    metrics: Iterable[Metric],
    period: Period,
    by: Sequence[str] = (),
    *,
    previous: int = 0,
    targets: Targets | None = None,
) -> list[Measure]:
    """Those of the metrics that have all the dimensions. Raises Problem."""
    engine = _engine(source)
    able = [metric for metric in metrics if set(by) <= set(dimensions(engine, metric))]
    return [measure(engine, metric, period, by, previous=previous, targets=targets) for metric in able]


def _engine(source: Facts | Engine) -> Engine:
    return engine_for(source) if isinstance(source, Facts) else source


def _before(engine: Engine, period: Period, number: int) -> list[Period]:
    """So many periods before one, newest first; fewer where there are none."""
    found: list[Period] = []
    for _ in range(number):
        try:
            period = period.before(engine.zone)
        except Problem:  # before 1900
            break
        found.append(period)
    return found


def _numbers(engine: Engine, metric: Metric, period: Period, by: Sequence[str]) -> dict[Key, Numbers]:
    """The numbers of each group."""
    found: dict[Key, Numbers] = defaultdict(Numbers)
    if not by:
        found[()] = Numbers()
    try:
        for bundle in engine.figures(metric, period, by):
            found[tuple(map(text, bundle.key))].add(metric, text(bundle.left_out), bundle.numbers)
    except NotANumber as wrong:
        raise Behind(engine, metric, period, ()).accuse(wrong) from None
    return found


def _previous(engine: Engine, metric: Metric, period: Period, numbers: Numbers) -> Previous:
    n = len(numbers.numbers["value"])
    return Previous(period.label, numbers.figures(metric), n, period.end <= engine.as_of)


def _order(key: Key) -> list[tuple[bool, str]]:
    """By name; what has none comes last."""
    return [(part is None, part or "") for part in key]
