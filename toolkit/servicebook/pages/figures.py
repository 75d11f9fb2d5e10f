"""The figures of every metric over time: each month of the book, the latest whole period and the one before it."""

from datetime import datetime
from functools import cached_property

from servicebook.facts import latest_event
from servicebook.metrics import Measure, Metric, Period, Targets, dimensions, measure
from servicebook.metrics.rounding import digits
from servicebook.pages.study import Study
from servicebook.pages.words import Words


class Figures:
    """Measures of one study, each worked out once for all languages."""

    def __init__(self, study: Study) -> None:
        self.study = study
        self.as_of = study.as_of
        self._zone = study.facts.zone
        self._known: dict[tuple[str, str, tuple[str, ...]], Measure] = {}
        self._dimensions: dict[str, list[str]] = {}
        self._targets = Targets(study.book)

    def of(self, metric: Metric, period: Period, *by: str) -> Measure:
        """A metric over a period."""
        key = (metric.name, period.label, by)
        if key not in self._known:
            self._known[key] = measure(self.study.facts, metric, period, by, targets=self._targets)
        return self._known[key]

    def measured(self, metric: Metric, period: Period, by: tuple[str, ...]) -> Measure:
        """The same as `of`, as foresight asks for it."""
        return self.of(metric, period, *by)

    def dimensions(self, metric: Metric) -> list[str]:
        """What the metric can be grouped by."""
        if metric.name not in self._dimensions:
            self._dimensions[metric.name] = dimensions(self.study.facts, metric)
        return self._dimensions[metric.name]

    @cached_property
    def _last(self) -> datetime | None:
        """The latest instant that records speak of, up to which figures can mean something."""
        return latest_event(self.study.book, until=self.study.as_of)

    @cached_property
    def months(self) -> list[Period]:
        """Every month from the first incident opened to the last event, the running month included."""
        opened = [row for row in self._column("opened_month") if row]
        if not opened or self._last is None:
            return []
        found, month = [], Period.parse(min(opened), self._zone)
        while month.start <= self._last:
            found.append(month)
            month = self._after(month)
        return found

    @cached_property
    def latest(self) -> Period | None:
        """The latest whole quarter with events in it; in a younger book the latest whole month."""
        if self._last is None or not self.months:
            return None
        quarter = Period.quarter_of(self._last, self._zone)
        while quarter.end > self.study.as_of:
            quarter = self.before(quarter)
        if quarter.start >= self.months[0].start:
            return quarter
        whole = [month for month in self.months if month.end <= self.study.as_of]
        return whole[-1] if whole else None

    def before(self, period: Period) -> Period:
        """The month or quarter before a month or quarter."""
        return period.before(self._zone)

    def _after(self, month: Period) -> Period:
        return Period.parse(month.end.astimezone(self._zone).strftime("%Y-%m"), self._zone)

    def _column(self, name: str) -> list[str | None]:
        table = self.study.facts.tables["incident"]
        place = [column.name for column in table.columns].index(name)
        return [row[place] for row in table.rows]

    def agreed(self, metric: Metric) -> list[float]:
        """The percentages that SLA versions in force today agree for what the metric measures, ascending."""
        return self._targets.percentages(metric, self.study.today)

    def held(self, metric: Metric, period: Period) -> tuple[int, int]:
        """How many agreed percentages were held in a period, and how many were put to the test.

        A target is one SLA's percentage for one priority, by the version in force on the last day of the period.
        """
        by = [name for name in ("sla", "priority") if name in self.dimensions(metric)]
        groups = self.of(metric, period, *by).groups if metric.agreed else ()
        verdicts = [group.target.met for group in groups if group.target and group.target.met is not None]
        return sum(verdicts), len(verdicts)


def shown(value: float | int | None, unit: str, words: Words) -> str:
    """A figure with its unit: 93.3 %, 4.2 h, 12 incidents."""
    if value is None:
        return "–"
    return f"{words.number(value, digits(value, unit))} {unit_name(unit, words)}"


def unit_name(unit: str, words: Words) -> str:
    """The unit as the language writes it; a unit of a book's own metric as it is."""
    return words.plain(f"unit.{unit}") if words.has(f"unit.{unit}") else unit


def single(measured: Measure, aggregate: str) -> float | int | None:
    """The one figure of a measure without dimensions."""
    return measured.groups[0].values[aggregate]
