"""Trends as a table, as CSV and as JSON.

The JSON has the shape `servicebook.trends/1`:

    {"format": "servicebook.trends/1",
     "tool": {"servicebook": "…", "tzdata": "…", "duckdb": "…"},     versions that the figures rest on
     "commit": "…" or null,                                          null: the working tree
     "as_of": "2026-11-20T10:35:00Z", "zone": "Europe/Amsterdam",
     "months": ["2025-07", "…"],                                     the whole months looked at
     "weekdays": [{"day": 1, "opened": 6, "days": 69}],               incidents by day of the week, 1 is Monday
     "trends": [
       {"metric": "…", "aggregate": "count", "unit": "…", "by": "service" or null, "key": "…" or null,
        "chart": "xmr" | "p" | "c",
        "refused": "too-few" | "flat" or null,                       why there are no limits
        "baseline": 12, "centre": 3.8 or null, "range_limit": 5.1 or null,
        "points": [{"month": "2025-07", "value": 3, "n": 3, "low": 0 or null, "high": 7.9 or null}],
        "signals": [{"rule": "beyond-limit", "months": ["2025-12"]}],
        "seasons": 1,                                                whole years seen; a season needs two
        "years": [{"month": "2026-07", "value": 3, "before": 3 or null}]}]}

Rules are beyond-limit, two-of-three, four-of-five, eight-on-one-side, six-steady and wide-range; what each means is in
`servicebook/foresight/signals.py`.
"""

from collections.abc import Sequence
from typing import Any

from servicebook.book import Book
from servicebook.commands._looking import about
from servicebook.facts import Facts
from servicebook.foresight.control import Control
from servicebook.foresight.seasonal import weekdays
from servicebook.foresight.signals import Signal
from servicebook.foresight.trends import Trend
from servicebook.metrics import Period

NOTHING = "–"
RULES = {
    "beyond-limit": "beyond the limits",
    "two-of-three": "two of three beyond two thirds of the way",
    "four-of-five": "four of five beyond a third of the way",
    "eight-on-one-side": "eight or more on one side of the centre",
    "six-steady": "six or more in one direction",
    "wide-range": "a step that is too wide",
}
REFUSED = {
    "too-few": "months with a figure: {count}, and eight are needed",
    "flat": "hardly varied in the months that limits would rest on",
}


def content(
    book: Book, facts: Facts, months: Sequence[Period], by: str | None, found: Sequence[Trend]
) -> dict[str, Any]:
    """The trends in the shape `servicebook.trends/1`."""
    return {
        "format": "servicebook.trends/1",
        **about(book, facts),
        "months": [month.label for month in months],
        "weekdays": [{"day": day.day + 1, "opened": day.opened, "days": day.days} for day in weekdays(facts)],
        "trends": [_trend(trend, by) for trend in found],
    }


def header(by: str | None) -> list[str]:
    """Names of the columns of `row`."""
    dimension = [by] if by else []
    return ["metric", *dimension, "chart", "months", "centre", "limits", "latest", "a year before", "signals"]


def row(trend: Trend, by: str | None) -> list[str]:
    """A line for a trend, figures rounded for reading."""
    control = trend.control
    latest = trend.years[-1] if trend.years else None
    return [
        trend.metric.name,
        *([trend.key or NOTHING] if by else []),
        control.kind,
        str(len(control.points)),
        _figure(control.centre),
        f"{_figure(control.low[-1])} to {_figure(control.high[-1])}" if control.low else NOTHING,
        f"{_figure(latest.value)} ({latest.month})" if latest else NOTHING,
        _figure(latest.before) if latest else NOTHING,
        _verdict(control),
    ]


def _verdict(control: Control) -> str:
    if control.refused is not None:
        return REFUSED[control.refused].format(count=len(control.points))
    return "; ".join(_signal(signal) for signal in control.signals) or "none"


def _signal(signal: Signal) -> str:
    first, last = signal.months[0], signal.months[-1]
    return f"{RULES[signal.rule]} ({first if first == last else f'{first} to {last}'})"


def _figure(value: float | None) -> str:
    return NOTHING if value is None else f"{value:,.1f}"


def _trend(trend: Trend, by: str | None) -> dict[str, Any]:
    control = trend.control
    bounds = zip(control.low, control.high, strict=True) if control.low else ((None, None) for _ in control.points)
    return {
        "metric": trend.metric.name,
        "aggregate": trend.metric.aggregates[0],
        "unit": trend.metric.unit,
        "by": by,
        "key": trend.key,
        "chart": control.kind,
        "refused": control.refused,
        "baseline": control.baseline,
        "centre": control.centre,
        "range_limit": control.range_limit,
        "points": [
            {"month": point.month, "value": point.value, "n": point.n, "low": low, "high": high}
            for point, (low, high) in zip(control.points, bounds, strict=True)
        ],
        "signals": [{"rule": signal.rule, "months": list(signal.months)} for signal in control.signals],
        "seasons": trend.seasons,
        "years": [{"month": year.month, "value": year.value, "before": year.before} for year in trend.years],
    }
