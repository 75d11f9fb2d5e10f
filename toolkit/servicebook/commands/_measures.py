"""Measures as CSV and as JSON.

The JSON has the shape `servicebook.metrics/1`:

    {"format": "servicebook.metrics/1",
     "tool": {"servicebook": "…", "tzdata": "…", "duckdb": "…"},    versions that figures rest on; "spark" too
     "books": ["…"],                                                names of the books that were measured
     "commit": "…" or null,                                         null: the working tree, or gathered facts
     "as_of": "2026-11-20T10:35:00Z", "zone": "Europe/Amsterdam",
     "period": {"label": "2026-Q3", "start": "…Z", "end": "…Z", "complete": true},
     "unusable_files": 0,                                           records that no figure counts
     "measures": [
       {"metric": "…", "title": "…", "definition": "…", "unit": "…", "better": "higher", "clause": "…",
        "group": "sla" or "", "agreed": "response" or "", "estimates": "share" or "",
        "source": "…", "path": "…", "digest": "SHA-256 of the file", "sql": "its text", "by": ["service"],
        "groups": [
          {"key": {"service": "…" or null}, "values": {"mean": 1.5 or null}, "n": 12, "small": false,
           "left_out": {"reason": 1},
           "target": {"value": 90, "direction": "at-least" or "at-most", "sources": ["SLA-…"],
                      "met": true or null} or null,                 null: no figure, or one of too few records
           "interval": {"low": 80.1, "high": 92.3, "level": 0.95, "method": "Wilson"} or null,
           "previous": [{"period": "2026-Q2", "values": {"mean": 2.5 or null}, "n": 9, "complete": true}],
           "records": [{"id": "…", "value": 1.5 or null, "left_out": "…" or null}]}]}]}

Instants are UTC, `start` within and `end` not. `target` and `interval` are those of the first of the values; `previous`
is newest first; `records` only when asked for, with `of` in each where the metric is a ratio, and with
`details` ({"day": "2026-03-04", "outages": "OUT-…, OUT-…"}) where there is more to say of a row than its id.
"""

import json
from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Any

from servicebook import __version__
from servicebook.clock import TZDATA_VERSION, zone
from servicebook.commands._basis import Basis
from servicebook.metrics import Group, Measure, Period


def as_json(basis: Basis, period: Period, measures: Sequence[Measure], records: bool) -> str:
    """The measures in the shape `servicebook.metrics/1`."""
    content = {
        "format": "servicebook.metrics/1",
        "tool": dict(basis.tool),
        "books": list(basis.books),
        "commit": basis.commit,
        "as_of": instant(basis.as_of),
        "zone": basis.zone,
        "period": {
            "label": period.label,
            "start": instant(period.start),
            "end": instant(period.end),
            "complete": period.end <= basis.as_of,
        },
        "unusable_files": basis.unusable,
        "measures": [_measure(measure, records) for measure in measures],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def heading(basis: Basis, period: Period) -> str:
    """One line: which days, looked at from when, what was read, by which versions."""
    first, last = period.days(zone(basis.zone))
    over = "" if period.end <= basis.as_of else "; the period is not over"
    versions = f"servicebook {__version__}, time-zone data {TZDATA_VERSION}"
    return f"{first} to {last} ({basis.zone}), as of {instant(basis.as_of)}{over}; {basis.read}; {versions}"


def csv_header(by: Sequence[str]) -> list[str]:
    """Names of the columns of `csv_rows`."""
    figures = ["aggregate", "value", "unit", "records", "left_out"]
    first, last = ["metric", "period", "as_of"], [*figures, "target", "direction", "met", "low", "high"]
    return [*first, *distinct(by, [*first, *last]), *last]


def distinct(by: Sequence[str], taken: Collection[str]) -> list[str]:
    """The dimensions as they are called beside names that are taken: by_ in front of one that would come twice."""
    found: list[str] = []
    for name in by:
        while name in taken or name in found:
            name = f"by_{name}"
        found.append(name)
    return found


def csv_rows(measures: Sequence[Measure]) -> list[list[str]]:
    """A line for each group, period and aggregate, figures in full; the target and the interval with the first."""
    rows = []
    for found in measures:
        head = [found.metric.name]
        tail = [found.metric.unit]
        for group in found.groups:
            key = ["" if value is None else value for value in group.key.values()]
            judged = [*_judged(group), *_bounds(group)]
            for number, (name, value) in enumerate(group.values.items()):
                which = [found.period.label, instant(found.as_of), *key, name, _full(value)]
                more = [str(group.n), left_out(group), *(judged if number == 0 else [""] * len(judged))]
                rows.append([*head, *which, *tail, *more])
            for earlier in group.previous:
                for name, value in earlier.values.items():
                    which = [earlier.label, instant(found.as_of), *key, name, _full(value)]
                    rows.append([*head, *which, *tail, str(earlier.n), *[""] * (len(judged) + 1)])
    return rows


def left_out(group: Group) -> str:
    """How many were left out, by reason."""
    return "; ".join(f"{number} {reason}" for reason, number in group.left_out.items())


def instant(moment: datetime) -> str:
    """An instant in UTC."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _measure(measure: Measure, records: bool) -> dict[str, Any]:
    metric = measure.metric
    return {
        "metric": metric.name,
        "title": metric.title(),
        "definition": metric.definition,
        "unit": metric.unit,
        "better": metric.better,
        "clause": metric.clause,
        "group": metric.group,
        "agreed": metric.agreed,
        "estimates": metric.estimates,
        "source": metric.source,
        "path": metric.path,
        "digest": metric.digest,
        "sql": metric.sql,
        "by": list(measure.by),
        "groups": [_group(group, records) for group in measure.groups],
    }


def _group(group: Group, records: bool) -> dict[str, Any]:
    target = group.target
    content: dict[str, Any] = {
        "key": group.key,
        "values": group.values,
        "n": group.n,
        "small": group.small,
        "left_out": group.left_out,
        "target": target
        and {
            "value": target.value,
            "direction": target.direction,
            "sources": list(target.sources),
            "met": target.met,
        },
        "interval": group.interval and group.interval._asdict(),
        "previous": [
            {"period": earlier.label, "values": earlier.values, "n": earlier.n, "complete": earlier.complete}
            for earlier in group.previous
        ],
    }
    if records:
        content["records"] = [
            {"id": row.id, "value": row.value, "left_out": row.left_out}
            | ({} if row.of is None else {"of": row.of})
            | ({"details": dict(row.details)} if row.details else {})
            for row in group.rows
        ]
    return content


def _judged(group: Group) -> list[str]:
    target = group.target
    if target is None:
        return ["", "", ""]
    return [_full(target.value), target.direction, "" if target.met is None else "yes" if target.met else "no"]


def _bounds(group: Group) -> list[str]:
    return [repr(group.interval.low), repr(group.interval.high)] if group.interval else ["", ""]


def _full(value: float | None) -> str:
    return "" if value is None else repr(value)
