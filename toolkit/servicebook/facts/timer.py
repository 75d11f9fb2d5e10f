"""One row an incident, SLA and target: how long the clock ran, and whether the limit was kept."""

from collections.abc import Iterator

from servicebook.facts._table import Case, Column, Row

COLUMNS = (
    Column("id", "VARCHAR", "Id of the incident."),
    Column("service", "VARCHAR", "Id of the service that was hit."),
    Column("priority", "VARCHAR", "Priority by the matrix in force when the incident was opened."),
    Column("category", "VARCHAR", "What the incident was about."),
    Column("channel", "VARCHAR", "How it came in."),
    Column("sla", "VARCHAR", "Id of the SLA that covers the service."),
    Column("sla_version", "BIGINT", "Its version in force when the incident was opened."),
    Column("calendar", "VARCHAR", "Id of the calendar whose hours count; empty where every hour counts."),
    Column("calendar_version", "BIGINT", "Its version in force when the incident was opened."),
    Column("measure", "VARCHAR", "response or resolution."),
    Column("started_at", "TIMESTAMP", "When the clock started: when the incident was opened."),
    Column("due_at", "TIMESTAMP", "When the limit is reached, allowing for the pauses so far."),
    Column("stopped_at", "TIMESTAMP", "When the clock stopped for good; empty while it runs."),
    Column(
        "settled_at", "TIMESTAMP", "When the outcome stood: stopped_at where it was met, due_at where it was missed."
    ),
    Column("settled_month", "VARCHAR", "Month of settled_at."),
    Column("limit_seconds", "BIGINT", "The limit agreed."),
    Column("counted_seconds", "BIGINT", "Seconds that counted against the limit."),
    Column("paused_seconds", "BIGINT", "Seconds that pauses took off: those that would have counted without them."),
    Column("state", "VARCHAR", "met, breached or running."),
    Column("met", "BOOLEAN", "Whether the limit was kept; empty while that is open."),
    Column("left_out", "VARCHAR", "Why there is no clock, such as no SLA for the service."),
)


def rows(case: Case) -> Iterator[Row]:
    """A row for each timer of the incident."""
    data = case.record.data
    for timer in case.timers:
        yield (
            timer.record,
            timer.service,
            timer.priority,
            data.get("category"),
            data.get("channel"),
            timer.sla,
            timer.sla_version,
            timer.calendar,
            timer.calendar_version,
            timer.measure,
            timer.start,
            timer.due,
            timer.stop,
            timer.settled,
            case.month(timer.settled),
            timer.limit_seconds,
            timer.counted_seconds,
            timer.paused_seconds,
            timer.state,
            timer.met,
            timer.left_out,
        )
