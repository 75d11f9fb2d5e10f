"""Figures that records quote: a number bound to the metric, the period and the instant that it was taken from.

A schema marks with `x-figure` where such a figure stands. What a figure does not say itself, the record says for all
of its figures: its own `period` and `as_of`.
"""

from typing import Any, Final, NamedTuple

from servicebook.part import Part
from servicebook.record import Record, values_at
from servicebook.source import Pointer

_NAMED_BESIDE: Final = ("service", "sla")
"""Groups that a figure may name beside `by`, as a service report does."""


class Quote(NamedTuple):
    """A quoted figure, in values that JSON has. `pointer` is its place in the record; `first` and `last` are the days
    of its period, `by` the group that it speaks of, `previous` the figures of the periods before, the oldest first.
    `partial` says that the period was not over. None is what neither the figure nor its record says."""

    pointer: list[str | int]
    metric: str
    aggregate: str | None
    by: dict[str, str]
    first: str | None
    last: str | None
    as_of: str | None
    value: int | float | None
    n: int | None
    partial: bool
    previous: list[int | float]


def quotes(record: Record) -> list[Quote]:
    """The figures of an accepted record that name a metric, in the record's order."""
    places = [found for path in record.kind.figures for found in values_at(record.data, path)]
    return [_quote(record, place, value) for place, value in places if _is_bound(value)]


def _is_bound(figure: Any) -> bool:
    return isinstance(figure, dict) and isinstance(figure.get("metric"), str) and "value" in figure


def _quote(record: Record, place: Pointer, value: Any) -> Quote:
    figure, whole = Part(record, value, place), record.part
    period = figure.part("period") or whole.part("period")
    first, last = period.day("from"), period.day("to")
    as_of = figure.moment("as_of") or whole.moment("as_of")
    n = figure.number("n")
    beside = {name: text for name in _NAMED_BESIDE if (text := figure.text(name)) is not None}
    named = {name: text for name in value.get("by", {}) if (text := figure.part("by").text(name)) is not None}
    return Quote(
        pointer=list(place),
        metric=value["metric"],
        aggregate=figure.text("aggregate"),
        by=beside | named,
        first=first.isoformat() if first else None,
        last=last.isoformat() if last else None,
        as_of=as_of.isoformat() if as_of else None,
        value=figure.number("value"),
        n=int(n) if n is not None else None,
        partial=figure.truth("partial") is True,
        previous=figure.numbers("previous"),
    )
