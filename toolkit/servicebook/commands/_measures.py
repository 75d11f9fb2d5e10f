"""Measures as a table, as CSV and as JSON.

The JSON has the shape `servicebook.metrics/1`:

    {"format": "servicebook.metrics/1",
     "tool": {"servicebook": "…", "tzdata": "…", "duckdb": "…"},    versions that the figures rest on
     "commit": "…" or null,                                         null: the working tree
     "as_of": "2026-11-20T10:35:00Z", "zone": "Europe/Amsterdam",
     "period": {"label": "2026-Q3", "start": "…Z", "end": "…Z", "complete": true},
     "unusable_files": 0,                                           records that no figure counts
     "measures": [
       {"metric": "…", "title": "…", "definition": "…", "unit": "…", "better": "higher", "clause": "…",
        "source": "…", "path": "…", "digest": "…", "by": ["service"],
        "groups": [
          {"key": {"service": "…" or null}, "values": {"mean": 1.5 or null}, "n": 12, "small": false,
           "left_out": {"reason": 1},
           "records": [{"id": "…", "value": 1.5 or null, "left_out": "…" or null}]}]}]}

Instants are UTC, `start` within and `end` not; `records` only when asked for.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from servicebook import __version__
from servicebook.book import Book
from servicebook.clock import TZDATA_VERSION, zone
from servicebook.facts import Facts
from servicebook.metrics import DUCKDB_VERSION, Group, Measure, Period

NOTHING = "–"


def as_json(book: Book, facts: Facts, period: Period, measures: Sequence[Measure], records: bool) -> str:
    """The measures in the shape `servicebook.metrics/1`."""
    content = {
        "format": "servicebook.metrics/1",
        "tool": {"servicebook": __version__, "tzdata": TZDATA_VERSION, "duckdb": DUCKDB_VERSION},
        "commit": book.tree.commit,
        "as_of": _instant(facts.as_of),
        "zone": book.config.zone,
        "period": {
            "label": period.label,
            "start": _instant(period.start),
            "end": _instant(period.end),
            "complete": period.end <= facts.as_of,
        },
        "unusable_files": facts.unusable,
        "measures": [_measure(measure, records) for measure in measures],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def heading(book: Book, facts: Facts, period: Period) -> str:
    """One line: which days, looked at from when, at which commit."""
    first, last = period.days(zone(book.config.zone))
    commit = f"commit {book.tree.commit[:12]}" if book.tree.commit else "the working tree"
    over = "" if period.end <= facts.as_of else "; the period is not over"
    return f"{first} to {last} ({book.config.zone}), as of {_instant(facts.as_of)}{over}; {commit}\n"


def table_header(by: Sequence[str]) -> list[str]:
    """Names of the columns of `table_rows`."""
    return ["metric", *by, "figure", "unit", "records", "left out"]


def table_rows(measures: Sequence[Measure]) -> list[list[str]]:
    """A line for each group, figures rounded for reading."""
    return [
        [found.metric.name, *_key(group), _figures(group), found.metric.unit, str(group.n), _left_out(group)]
        for found in measures
        for group in found.groups
    ]


def csv_header(by: Sequence[str]) -> list[str]:
    """Names of the columns of `csv_rows`."""
    return ["metric", "period", "as_of", *by, "aggregate", "value", "unit", "records", "left_out"]


def csv_rows(measures: Sequence[Measure]) -> list[list[str]]:
    """A line for each group and aggregate, figures in full."""
    return [
        [
            *(found.metric.name, found.period.label, _instant(found.as_of), *_key(group, nothing="")),
            *(name, "" if value is None else repr(value), found.metric.unit, str(group.n), _left_out(group)),
        ]
        for found in measures
        for group in found.groups
        for name, value in group.values.items()
    ]


def _measure(measure: Measure, records: bool) -> dict[str, Any]:
    metric = measure.metric
    return {
        "metric": metric.name,
        "title": metric.title(),
        "definition": metric.definition,
        "unit": metric.unit,
        "better": metric.better,
        "clause": metric.clause,
        "source": metric.source,
        "path": metric.path,
        "digest": metric.digest,
        "by": list(measure.by),
        "groups": [_group(group, records) for group in measure.groups],
    }


def _group(group: Group, records: bool) -> dict[str, Any]:
    content: dict[str, Any] = {
        "key": group.key, "values": group.values, "n": group.n, "small": group.small, "left_out": group.left_out,
    }  # fmt: skip
    if records:
        content["records"] = [{"id": row.id, "value": row.value, "left_out": row.left_out} for row in group.rows]
    return content


def _figures(group: Group) -> str:
    shown = {name: _figure(value) for name, value in group.values.items()}
    if len(shown) == 1:
        return next(iter(shown.values()))
    return ", ".join(f"{name} {figure}" for name, figure in shown.items())


def _figure(value: float | None) -> str:
    if value is None:
        return NOTHING
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"


def _key(group: Group, nothing: str = NOTHING) -> list[str]:
    return [nothing if value is None else value for value in group.key.values()]


def _left_out(group: Group) -> str:
    return "; ".join(f"{number} {reason}" for reason, number in group.left_out.items())


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
