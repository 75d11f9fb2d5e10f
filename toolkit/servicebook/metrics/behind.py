"""The rows behind a measure: which records a figure is made of. They are fetched when somebody asks."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from servicebook.errors import Problem
from servicebook.metrics.aggregate import Value
from servicebook.metrics.engine import Engine
from servicebook.metrics.metric import Metric
from servicebook.metrics.period import Period
from servicebook.metrics.values import NotANumber, not_a_number, number, text

Key = tuple[str | None, ...]

DETAILS = ("sla", "day", "window", "measure", "outages")
"""Columns of a query that tell one row of an id from another, and are shown with it where the query returns them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record, or one of its clocks, behind a measure: the record's id, and the value or why it was left out.

    `of` is what the value is of, where the metric is a ratio; `details` are those of DETAILS that it has and that
    say more than its id.
    """

    id: str
    value: Value | None
    left_out: str | None
    of: Value | None = None
    details: Mapping[str, str] = field(default_factory=dict, hash=False)


class Behind:
    """The rows of one measure."""

    def __init__(self, engine: Engine, metric: Metric, period: Period, by: tuple[str, ...]) -> None:
        self._engine = engine
        self._metric = metric
        self._period = period
        self._by = by

    def rows(self, key: Key) -> list[Row]:
        """Those of one group, by id. Raises Problem."""
        return self._groups.get(key, [])

    def accuse(self, wrong: NotANumber) -> Problem:
        """The Problem that names the record whose value is no number."""
        try:
            self.rows(())
        except Problem as problem:
            return problem
        return not_a_number(self._metric, "a record", wrong.value)

    @cached_property
    def _groups(self) -> dict[Key, list[Row]]:
        names = self._engine.columns(self._metric)
        places = {name: place for place, name in enumerate(names)}
        groups: dict[Key, list[Row]] = defaultdict(list)
        for line in self._engine.rows(self._metric, self._period):
            record = line[places["id"]]
            try:
                value, of = number(line[places["value"]]), number(line[places["of"]]) if "of" in places else None
            except NotANumber as wrong:
                raise not_a_number(self._metric, record, wrong.value) from None
            key = tuple(text(line[places[name]]) for name in self._by)
            found = {name: text(line[places[name]]) for name in DETAILS if name in places}
            details = {name: said for name, said in found.items() if said and said != record}
            groups[key].append(Row(str(record), value, text(line[places["left_out"]]), of, details))
        for rows in groups.values():
            rows.sort(key=_order)
        return dict(groups)


def _order(row: Row) -> tuple[str, list[str], str, Value, Value]:
    """By id, then by what tells rows of one id from another."""
    details = [row.details.get(name, "") for name in DETAILS]
    return row.id, details, row.left_out or "", row.value or 0, row.of or 0
