"""The rows behind a measure: which records a figure is made of. They are fetched when somebody asks."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from servicebook.errors import Problem
from servicebook.metrics.aggregate import Value
from servicebook.metrics.engine import Engine
from servicebook.metrics.metric import Metric
from servicebook.metrics.period import Period
from servicebook.metrics.values import NotANumber, not_a_number, number, text

Key = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One record, or one of its clocks, behind a measure: the record's id, and the value or why it was left out.

    `of` is what the value is of, where the metric is a ratio.
    """

    id: str
    value: Value | None
    left_out: str | None
    of: Value | None = None


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
            groups[key].append(Row(str(record), value, text(line[places["left_out"]]), of))
        for rows in groups.values():
            rows.sort(key=lambda row: (row.id, row.left_out or "", row.value or 0, row.of or 0))
        return dict(groups)
