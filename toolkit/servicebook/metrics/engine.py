"""What measures: an engine holds the fact tables of one instant, and answers the query of a metric over a period.

DuckDB is the one in every installation (`duckdb_engine.py`). Whatever the engine, the arithmetic is that of
`aggregate.py`: an engine selects and groups, and hands over plain values.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any, NamedTuple, Protocol

from servicebook.errors import Problem
from servicebook.finding import quote
from servicebook.metrics.aggregate import RATIO
from servicebook.metrics.metric import Metric
from servicebook.metrics.period import Period

NUMBERS = ("value", "of", "population", "sampled")
"""Columns that are computed with."""
FIXED = ("id", "left_out", "outages", *NUMBERS)
"""Columns that are nothing to group by."""

_COLUMN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
"""What a column may be called: its name becomes one of SQL, a heading of CSV and a label of OpenMetrics."""


class Bundle(NamedTuple):
    """The rows of a query that share a key and a reason for being left out, column by column.

    `numbers` has a list for each of NUMBERS that the query returns, one value a row, in the same order in each.
    """

    key: tuple[Any, ...]
    left_out: Any
    numbers: Mapping[str, Sequence[Any]]


class Engine(Protocol):
    """The fact tables as of an instant, in the organisation's zone. Each method raises Problem with file and line."""

    @property
    def as_of(self) -> datetime:
        """The instant up to which the facts look."""

    @property
    def zone(self) -> tzinfo:
        """The zone in which periods are cut."""

    def columns(self, metric: Metric) -> list[str]:
        """Names of the columns that the query of a metric returns."""

    def rows(self, metric: Metric, period: Period) -> list[tuple[Any, ...]]:
        """Every row of the query over a period, in the order of `columns`."""

    def figures(self, metric: Metric, period: Period, by: Sequence[str]) -> list[Bundle]:
        """The same rows, grouped by some of the columns and without their ids: less to hand over."""


def parameters(engine: Engine, period: Period) -> dict[str, datetime]:
    """What a query may ask for by name, as aware instants."""
    return {"start": period.start, "end": period.end, "as_of": engine.as_of}


def check_columns(metric: Metric, names: Sequence[str]) -> None:
    """Raises Problem where a query does not return what it must."""
    where = f"{metric.path}:{metric.line}"
    needed = ["id", "value", "left_out", *(["of"] if RATIO in metric.aggregates else [])]
    for name in needed:
        if name not in names:
            raise Problem(f"{where}: the query has no column {name}.", f"It must return {', '.join(needed)}.")
    if odd := next((name for name in names if not _COLUMN.fullmatch(name)), None):
        raise Problem(
            f"{where}: the query has a column {quote(odd)}.", "Name it with a-z, A-Z, 0-9 and _: AS my_column."
        )
    if twice := next((name for place, name in enumerate(names) if name.lower() in _lower(names[:place])), None):
        raise Problem(f"{where}: the query has the column {quote(twice)} twice.", "Give one of them another name.")


def check_dimensions(metric: Metric, known: Sequence[str], by: Sequence[str]) -> None:
    """Raises Problem for a dimension that the metric does not have."""
    for name in by:
        if name not in known:
            hint = f"It has: {', '.join(known)}." if known else "It has none."
            raise Problem(f"The metric {metric.name} has no dimension {quote(name)}.", hint)


def _lower(names: Sequence[str]) -> set[str]:
    return {name.lower() for name in names}
