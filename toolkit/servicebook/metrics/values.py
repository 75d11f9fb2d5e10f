"""What a query returned as plain numbers and texts, and the numbers of many rows as the figures of a metric."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from math import inf, isfinite
from typing import Any

from servicebook.errors import Problem
from servicebook.finding import quote
from servicebook.metrics.aggregate import RATIO, Value, figure
from servicebook.metrics.engine import NUMBERS
from servicebook.metrics.metric import Metric

NO_VALUE = "no value"
"""The reason of a row that gives none itself, and has no value either."""


class NotANumber(Exception):
    """`value` stands in a column of numbers."""

    def __init__(self, value: object) -> None:
        super().__init__(value)
        self.value = value


@dataclass(slots=True)
class Numbers:
    """The numbers of the rows that are used, column by column, and how many rows are not, by reason.

    `numbers` has a list for each of NUMBERS that the query returns. In `value` and, of a ratio, in `of` there is no
    None.
    """

    numbers: dict[str, list[Value | None]] = field(default_factory=lambda: {name: [] for name in NUMBERS})
    left_out: Counter[str] = field(default_factory=Counter)

    def add(self, metric: Metric, left_out: str | None, columns: Mapping[str, Iterable[Any]]) -> None:
        """Add rows that have the same reason, None if they are used. Raises NotANumber."""
        plain = {name: [number(value) for value in values] for name, values in columns.items()}
        if left_out is not None:
            self.left_out[left_out] += len(plain["value"])
            return
        needed = ("value", "of") if RATIO in metric.aggregates else ("value",)
        if lacking := any(None in plain[name] for name in needed):
            used = [None not in parts for parts in zip(*(plain[name] for name in needed), strict=True)]
            self.left_out[NO_VALUE] += len(used) - sum(used)
        for name, values in plain.items():
            kept = (value for value, use in zip(values, used, strict=True) if use) if lacking else values
            self.numbers[name].extend(kept)

    def column(self, name: str) -> list[Value]:
        """A column, without what is missing."""
        return [value for value in self.numbers[name] if value is not None]

    def figures(self, metric: Metric) -> dict[str, Value | None]:
        """The figure of each aggregate. Raises Problem for one that is too large."""
        values, of = self.column("value"), self.column("of")
        return {name: _figure(metric, name, values, of) for name in metric.aggregates}


def number(value: Any) -> Value | None:
    """A number as it is computed with: truth is 1, and 0/0 is no number. Raises NotANumber."""
    if isinstance(value, bool | Decimal):
        return int(value) if value == int(value) else float(value)
    if isinstance(value, float) and not isfinite(value):
        return None
    if value is None or isinstance(value, int | float):
        return value
    raise NotANumber(value)


def text(value: Any) -> str | None:
    """What a dimension or a reason is called."""
    if value is None or isinstance(value, str):
        return value
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def not_a_number(metric: Metric, record: Any, value: Any) -> Problem:
    """What to say of a value that cannot be computed with."""
    message = f"{metric.path}:{metric.line}: the value of {quote(record)} is {quote(value)}, not a number."
    return Problem(message, "Return a number, a truth value or NULL.")


def _figure(metric: Metric, aggregate: str, values: Sequence[Value], of: Sequence[Value]) -> Value | None:
    try:
        found = figure(aggregate, values, of)
        finite = found is None or isfinite(found)
    except OverflowError:  # a sum, or a whole number of more than 300 digits, is out of range
        found, finite = inf, False
    if not finite:
        raise Problem(
            f"{metric.path}:{metric.line}: the {aggregate} of {len(values)} values is too large to be told.",
            "Return values in a larger unit, or leave out those that cannot be.",
        )
    return found
