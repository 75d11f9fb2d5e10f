"""One row a workload limit of an SLA version and window: how much came in, and how much of it the limit releases."""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date

from servicebook.facts._case import whole_number
from servicebook.facts._promise import Promise, promises
from servicebook.facts._table import Column, Row
from servicebook.facts._whole import Whole
from servicebook.facts._windows import windows
from servicebook.part import Part

COLUMNS = (
    Column("sla", "VARCHAR", "Id of the SLA."),
    Column("sla_version", "BIGINT", "Its version."),
    Column("kind", "VARCHAR", "What is counted: incident or service-request."),
    Column("priority", "VARCHAR", "The priority that is counted; empty where all are."),
    Column("window", "VARCHAR", "The window: 2026-03, 2026-Q1, 2026-H1 or 2026."),
    Column("started_at", "TIMESTAMP", "First instant of the window."),
    Column("ended_at", "TIMESTAMP", "First instant after it."),
    Column("counted", "BIGINT", "How many were opened in it for the services of the SLA."),
    Column("limit_count", "BIGINT", "How many the SLA provides for."),
    Column("released", "BIGINT", "How many beyond the limit were opened while the version held: they have no clock."),
    Column("month", "VARCHAR", "Month in which the window ends."),
)
TABLES = {"incidents": "incident", "service-requests": "request"}
"""Where what a limit counts is listed."""


def of_book(whole: Whole) -> Iterator[Row]:
    """A row for each limit and window, from the window in which the first record of the book was opened."""
    for promise in promises(whole):
        for limit in promise.version.parts("workload_limits"):
            yield from _limited(promise, limit, whole)


def _limited(promise: Promise, limit: Part, whole: Whole) -> Iterator[Row]:
    measure, most = limit.text("measure") or "incidents", whole_number(limit, "limit")
    if most is None or measure not in TABLES:  # words only
        return
    priority = limit.text("priority")
    opened = sorted(_opened(promise, TABLES[measure], priority, whole))
    kind = measure.removesuffix("s")
    for window in windows(limit.text("window") or "month", promise.first, promise.last):
        days = opened[bisect_left(opened, window.start) : bisect_left(opened, window.end)]
        end = whole.days.begin(window.end)
        yield (
            promise.sla.id,
            whole_number(promise.version, "version"),
            kind,
            priority,
            window.label,
            whole.days.begin(window.start),
            end,
            len(days),
            most,
            sum(promise.holds(day) for day in days[most:]),
            whole.days.month_due(end),
        )


def _opened(promise: Promise, table: str, priority: str | None, whole: Whole) -> Iterator[date]:
    """The days on which what a limit counts was opened."""
    found = whole.table(table)
    columns = (found.column(name) for name in ("service", "priority", "opened_at"))
    for service, level, opened in zip(*columns, strict=True):
        if service in promise.services and priority in (None, level):
            yield whole.days.of(opened)
