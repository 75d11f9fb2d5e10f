"""A book looked back on over a period: its figures with those before, and what happened in it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any, Final, NamedTuple

from servicebook import git
from servicebook.book import Book
from servicebook.clock import walk, zone
from servicebook.errors import Problem
from servicebook.facts import Facts, compute, default_as_of, parse_as_of
from servicebook.metrics import Group, Measure, Metric, Period, Targets, choose, measure, read_metrics
from servicebook.metrics.aggregate import Value
from servicebook.record import Record, instant
from servicebook.validation.looking import day_of, is_as_committed

BEFORE: Final = 2
"""Periods before the one reported that its figures are compared with."""


class Figure(NamedTuple):
    """One figure of a metric, at the digits at which it is told. `by` is what it is limited to; `previous` are those
    of the periods before, the oldest first."""

    title: str
    metric: Metric
    aggregate: str
    by: Mapping[str, str]
    value: Value | None
    n: int
    previous: tuple[Value, ...]
    group: Group | None

    @property
    def went(self) -> str:
        """How it went since the period before: better, worse, same, changed (neither way is better); "" unknown."""
        if self.value is None or not self.previous:
            return ""
        if self.value == self.previous[-1]:
            return "same"
        if self.metric.better == "neither":
            return "changed"
        return "better" if (self.value > self.previous[-1]) == (self.metric.better == "higher") else "worse"

    @property
    def missed(self) -> list[str]:
        """The records that did not do what the figure is the share of, by id."""
        return sorted({row.id for row in self.group.rows if row.value == 0}) if self.group else []


@dataclass(frozen=True, eq=False)
class Retrospect:
    """The book, its facts as of an instant and its metrics, over a period. `commit` holds exactly what was read."""

    book: Book
    facts: Facts
    metrics: Mapping[str, Metric]
    period: Period
    commit: str | None

    @property
    def zone(self) -> tzinfo:
        """The organisation's."""
        return self.facts.zone

    @property
    def days(self) -> tuple[date, date]:
        """First and last day of the period."""
        return self.period.days(self.zone)

    @property
    def today(self) -> date:
        """The day of the instant; midnight still belongs to the day that it ends."""
        return day_of(self.facts.as_of, self.book.config)

    @property
    def complete(self) -> bool:
        """Whether the period was over at the instant."""
        return self.period.end <= self.facts.as_of

    @property
    def span(self) -> dict[str, str]:
        """The period as a record has it."""
        first, last = self.days
        return {"from": first.isoformat(), "to": last.isoformat()}

    @property
    def as_of(self) -> str:
        """The instant as a record has it."""
        return self.facts.as_of.astimezone(self.zone).isoformat(timespec="seconds")

    def figure(self, name: str, by: Mapping[str, str] | None = None, *, aggregate: str = "", title: str = "") -> Figure:
        """A figure of a metric. Raises Problem where the metric cannot be run or does not know a dimension."""
        (metric,), by = choose(self.metrics, (name,)), dict(by or {})
        aggregate = aggregate or metric.aggregates[0]
        measured = measure(self.facts, metric, self.period, tuple(by), previous=BEFORE, targets=self._targets)
        group = next((group for group in measured.groups if group.key == by), None)
        value = _rounded(group.values[aggregate], metric) if group else _of_nothing(aggregate)
        return Figure(
            title or _title(metric, aggregate), metric, aggregate, by, value, group.n if group else 0,
            tuple(self._previous(measured, group, aggregate)) if group else (), group,
        )  # fmt: skip

    def figures(self, names: Iterable[str]) -> list[Figure]:
        """The first figure of each of these metrics that there is, of the whole book."""
        return [self.figure(name) for name in names if name in self.metrics]

    def _previous(self, measured: Measure, group: Group, aggregate: str) -> Iterator[Value]:
        """The figures of the periods before, the oldest first, without a gap, and none from before there was a book."""
        began, found = self._began, []
        period = self.period
        for before in group.previous:
            period = period.before(self.zone)
            value = before.values[aggregate]
            if value is None or began is None or period.end <= began:
                break
            found.append(_rounded(value, measured.metric))
        yield from (value for value in reversed(found) if value is not None)

    @property
    def _targets(self) -> Targets:
        return Targets(self.book)

    @property
    def _began(self) -> datetime | None:
        """When the first incident was opened."""
        return min(self.facts.tables["incident"].column("opened_at"), default=None)

    def during(self, moment: Any) -> bool:
        """Whether an instant or a date of a record, as its text, lies in the period."""
        if not isinstance(moment, str):
            return False
        first, last = self.days
        with suppress(ValueError):
            if "T" in moment:
                return self.period.start <= instant(moment) < self.period.end
            return first <= date.fromisoformat(moment) <= last
        return False

    def records(self, kind: str, services: Collection[str] = ()) -> Iterator[Record]:
        """The records of a kind, by id; with services only those that have to do with one of them."""
        for record in self.book.records(kind):
            if not services or not set(services).isdisjoint(services_of(record)):
                yield record

    def state(self, record: Record) -> str | None:
        """The state of a record's timeline at the instant; None before it was opened or without a timeline."""
        if record.kind.lifecycle is None:
            return None
        with suppress(ValueError):  # an instant that no calendar has
            return walk(record.data, record.kind.lifecycle, self.facts.as_of).status
        return None

    def happened(self, record: Record, event: str) -> bool:
        """Whether an event stands in the record's timeline within the period."""
        events = record.part.parts("timeline")
        return any(part.text("event") == event and self.during(part.text("at")) for part in events)


def look_back(book: Book, label: str, instant: str | None) -> Retrospect:
    """A judged book looked back on over the period of a label, as of an instant or a day as a user writes it; without
    one, as of the latest event or the commit, whichever is later. Raises Problem."""
    local = zone(book.config.zone)
    as_of = (parse_as_of(instant, local) if instant else default_as_of(book)).replace(microsecond=0)
    period = Period.parse(label, local)
    if period.start >= as_of:
        raise Problem(f"The period {label} has not begun by {as_of.astimezone(local).isoformat()}.", "Name another.")
    commit = git.resolve(book.tree.root, "HEAD") if is_as_committed(book.tree) else None
    return Retrospect(book, compute(book, as_of), read_metrics(book.tree), period, commit)


def services_of(record: Record) -> list[str]:
    """The services that a record names."""
    service = record.part.text("service")
    return [service] if service else record.part.texts("services")


def _title(metric: Metric, aggregate: str) -> str:
    """A metric's title; of one with several figures it says which."""
    return f"{metric.title()}, {aggregate}" if len(metric.aggregates) > 1 else metric.title()


def _rounded(value: Value | None, metric: Metric) -> Value | None:
    """A figure as it is told: availability to two decimals, all else to one."""
    return round(value, 2 if metric.agreed == "availability" else 1) if isinstance(value, float) else value


def _of_nothing(aggregate: str) -> Value | None:
    return 0 if aggregate in ("count", "sum") else None
