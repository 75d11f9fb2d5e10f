"""A metric applied to a period: the figure, what it is made of, and what was left out."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from math import inf, isfinite
from typing import Any

from servicebook.errors import Problem
from servicebook.facts import Facts
from servicebook.finding import quote
from servicebook.metrics.aggregate import AGGREGATES, Value
from servicebook.metrics.engine import engine_for
from servicebook.metrics.metric import Metric
from servicebook.metrics.period import Period

FIXED = ("id", "value", "left_out")
SMALL = 5
"""A figure of fewer records than this is marked as small: one record more could turn it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record, or one of its clocks, behind a measure: the record's id, and the value or why it was left out."""

    id: str
    value: Value | None
    left_out: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """The figures of the rows that share the values in `key` (None: the row has none there).

    `values` has a figure for each aggregate of the metric, `n` is how many rows it rests on, `left_out` how
    many were not used, by reason, and `rows` are all of them by id. A row is a record, or one of its clocks
    where the metric counts clocks: then an id may come twice.
    """

    key: dict[str, str | None]
    values: dict[str, Value | None]
    n: int
    left_out: dict[str, int]
    rows: list[Row]

    @property
    def small(self) -> bool:
        """Whether so few records stand behind it that one more could turn it."""
        return 0 < self.n < SMALL


@dataclass(frozen=True, slots=True)
class Measure:
    """A metric over a period. Without dimensions there is one group, also where no record is in it.

    `complete` says whether the period was over at `as_of`.
    """

    metric: Metric
    period: Period
    as_of: datetime
    by: tuple[str, ...]
    groups: list[Group]

    @property
    def complete(self) -> bool:
        """Whether the period was over at `as_of`."""
        return self.period.end <= self.as_of


def dimensions(facts: Facts, metric: Metric) -> list[str]:
    """What a metric can be grouped by."""
    # An empty period still tells the columns.
    names, _ = engine_for(facts).rows(metric, {"start": facts.as_of, "end": facts.as_of})
    return [name for name in names if name not in FIXED]


def measure(facts: Facts, metric: Metric, period: Period, by: Sequence[str] = ()) -> Measure:
    """The metric over the period, grouped by dimensions of its query. Raises Problem."""
    names, found = engine_for(facts).rows(metric, {"start": period.start, "end": period.end})
    places = _places(metric, names, by)
    groups: dict[tuple[str | None, ...], list[Row]] = defaultdict(list)
    if not by:
        groups[()] = []
    for line in found:
        left_out = line[places["left_out"]]
        key = tuple(_text(line[places[name]]) for name in by)
        row_id, value = str(line[places["id"]]), _number(metric, line[places["id"]], line[places["value"]])
        groups[key].append(Row(row_id, value, None if left_out is None else str(left_out)))
    ordered = sorted(groups.items(), key=lambda group: [(part is None, part or "") for part in group[0]])
    return Measure(metric, period, facts.as_of, tuple(by), [_group(metric, by, key, rows) for key, rows in ordered])


def _group(metric: Metric, by: Sequence[str], key: tuple[str | None, ...], rows: list[Row]) -> Group:
    rows.sort(key=lambda row: (row.id, row.left_out or "", row.value or 0))
    used = [row.value for row in rows if row.left_out is None and row.value is not None]
    reasons = Counter(row.left_out or "no value" for row in rows if row.left_out is not None or row.value is None)
    figures = {name: _figure(metric, name, used) for name in metric.aggregates}
    return Group(dict(zip(by, key, strict=True)), figures, len(used), dict(sorted(reasons.items())), rows)


def _figure(metric: Metric, aggregate: str, values: Sequence[Value]) -> Value | None:
    try:
        figure = AGGREGATES[aggregate](values)
    except OverflowError:  # a sum is out of range
        figure = inf
    if figure is not None and not isfinite(figure):
        raise Problem(
            f"{metric.path}: the {aggregate} of {len(values)} values is too large to be told.",
            "Return values in a larger unit, or leave out those that cannot be.",
        )
    return figure


def _places(metric: Metric, names: list[str], by: Sequence[str]) -> dict[str, int]:
    places = {name: place for place, name in enumerate(names)}
    if missing := [name for name in FIXED if name not in places]:
        raise Problem(f"{metric.path}: the query has no column {missing[0]}.", "It must return id, value and left_out.")
    known = [name for name in names if name not in FIXED]
    for name in by:
        if name not in known:
            hint = f"It has: {', '.join(known)}." if known else "It has none."
            raise Problem(f"The metric {metric.name} has no dimension {quote(name)}.", hint)
    return places


def _number(metric: Metric, record: Any, value: Any) -> Value | None:
    if isinstance(value, bool | Decimal):
        return int(value) if value == int(value) else float(value)
    if isinstance(value, float) and not isfinite(value):  # 0/0 is no value
        return None
    if value is None or isinstance(value, int | float):
        return value
    raise Problem(
        f"{metric.path}: the value of {quote(record)} is {quote(value)}, not a number.",
        "Return a number, a truth value or NULL.",
    )


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
