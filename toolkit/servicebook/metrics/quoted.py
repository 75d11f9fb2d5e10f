"""What the book gives today for a figure that a record quotes."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from servicebook.book import Book
from servicebook.errors import Problem
from servicebook.facts import Facts, compute
from servicebook.finding import quote as quoted
from servicebook.metrics.aggregate import Value, figure
from servicebook.metrics.measure import Measure, dimensions, measure
from servicebook.metrics.metric import Metric, choose, read_metrics
from servicebook.metrics.period import Period
from servicebook.quotes import Quote
from servicebook.registry import module_names

_WORD = re.compile(r"\w+")


class Recounted(NamedTuple):
    """The figure that the book gives, how many records it rests on, and whether its period was over."""

    value: Value | None
    n: int
    complete: bool
    unit: str


class Fails(Problem):
    """A metric that cannot be run at all, whatever is quoted of it."""


class Recount:
    """Works figures of some metrics out again. What belongs to one instant is kept: ask in the order of `as_of`."""

    def __init__(self, book: Book, names: Iterable[str]) -> None:
        """For figures of the metrics of these names. Raises Problem where a metric of the book cannot be read."""
        self._book = book
        self._metrics = read_metrics(book.tree)
        self._tables = _named({name: self._metrics[name] for name in names if name in self._metrics})
        self._facts: Facts | None = None
        self._measures: dict[tuple[str, str, tuple[str, ...]], Measure] = {}

    def figure(self, quote: Quote) -> Recounted:
        """The figure as the book gives it now. Raises Problem, and `Fails` where that is the metric's fault."""
        (metric,) = choose(self._metrics, (quote.metric,))
        aggregate = quote.aggregate or metric.aggregates[0]
        if aggregate not in metric.aggregates:
            message = f"The metric {metric.name} has no aggregate {quoted(aggregate)}."
            raise Problem(message, f"It has: {', '.join(metric.aggregates)}.")
        if quote.first is None or quote.last is None or quote.as_of is None:
            missing = "instant" if quote.first and quote.last else "period"
            raise Problem(f"The figure of {metric.name} names no {missing}.", "Add period: and as_of:.")
        facts = self._facts_of(datetime.fromisoformat(quote.as_of))
        period = Period.parse(f"{quote.first}..{quote.last}", facts.zone)
        found = self._measure(metric, facts, period, tuple(quote.by))
        group = next((group for group in found.groups if group.key == quote.by), None)
        if group is None:  # nothing in the book belongs to it
            return Recounted(figure(aggregate, ()), 0, found.complete, metric.unit)
        return Recounted(group.values[aggregate], group.n, found.complete, metric.unit)

    def _facts_of(self, as_of: datetime) -> Facts:
        if self._facts is None or self._facts.as_of != as_of:
            self._facts = compute(self._book, as_of, self._tables)
            self._measures.clear()
        return self._facts

    def _measure(self, metric: Metric, facts: Facts, period: Period, by: tuple[str, ...]) -> Measure:
        key = (metric.name, period.label, by)
        if key not in self._measures:
            try:
                self._measures[key] = measure(facts, metric, period, by)
            except Problem as problem:
                if _knows(metric, facts, by):
                    raise Fails(problem.message, problem.hint) from None
                raise
        return self._measures[key]


def _named(metrics: Mapping[str, Metric]) -> list[str]:
    """The fact tables that queries may read: those whose names stand in them."""
    words = {word.lower() for metric in metrics.values() for word in _WORD.findall(metric.query)}
    return [name for name in module_names("facts") if name in words]


def _knows(metric: Metric, facts: Facts, by: tuple[str, ...]) -> bool:
    """Whether a metric has these dimensions; also where it does not even run to tell."""
    try:
        return set(by) <= set(dimensions(facts, metric))
    except Problem:
        return True


def agrees(told: Value | None, found: Value | None) -> bool:
    """Whether a figure is the one that was found, at the digits that it has: 66.7 is 66.6667, and 66.66 is not."""
    if told is None or found is None:
        return told is found
    return abs(Decimal(repr(found)) - Decimal(repr(told))) <= Decimal(10) ** -digits(told) / 2


def digits(told: Value) -> int:
    """How many decimals a figure has."""
    exponent = Decimal(repr(told)).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
