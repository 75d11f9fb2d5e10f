"""One row a workload limit of an SLA version and window: how much came in, and how much of it the limit releases."""

from collections.abc import Iterator

from servicebook.facts._table import Column, Row
from servicebook.facts._whole import Whole

COLUMNS = (
    Column("sla", "VARCHAR", "Id of the SLA."),
    Column("sla_version", "BIGINT", "Its version."),
    Column("kind", "VARCHAR", "What is counted: incident or service-request."),
    Column("priority", "VARCHAR", "The priority that is counted; empty where all are."),
    Column("window", "VARCHAR", "The window: 2026-03, 2026-Q1, 2026-H1 or 2026."),
    Column("started_at", "TIMESTAMP", "First instant of the window."),
    Column("ended_at", "TIMESTAMP", "First instant after it."),
    Column("counted", "BIGINT", "How many were opened in it for the services of the SLA, under whichever version."),
    Column("limit_count", "BIGINT", "How many the SLA provides for."),
    Column("released", "BIGINT", "How many beyond the limit were opened while the version held: they have no clock."),
    Column("month", "VARCHAR", "Month in which the window ends."),
)


def of_book(whole: Whole) -> Iterator[Row]:
    """A row for each limit and each window in which something was opened under it, by SLA and version."""
    for sla in whole.book.records("sla"):
        for load in whole.clock.workload.loads(sla, whole.as_of):
            end = load.window.end(whole.days.zone)
            yield (
                load.sla,
                load.sla_version,
                load.limit.kind,
                load.limit.priority,
                load.window.label,
                load.window.start(whole.days.zone),
                end,
                len(load.cases),
                load.limit.limit,
                len(load.released),
                whole.days.month_due(end),
            )
