"""One row a service request: what was asked for, when each thing happened, how often it came back."""

from collections.abc import Iterator

from servicebook.facts._case import Case, seconds
from servicebook.facts._table import Column, Row
from servicebook.kinds import Kind

COLUMNS = (
    Column("id", "VARCHAR", "Id of the service request."),
    Column("path", "VARCHAR", "Its file in the repository."),
    Column("service", "VARCHAR", "Id of the service that was asked."),
    Column("request_type", "VARCHAR", "What was asked for."),
    Column("priority", "VARCHAR", "P1 is the highest: impact × urgency, by the matrix in force when it was opened."),
    Column("impact", "VARCHAR", "high, medium or low."),
    Column("urgency", "VARCHAR", "high, medium or low."),
    Column(
        "status",
        "VARCHAR",
        "State at the instant of the facts: new, in-progress, paused, fulfilled, closed, rejected, cancelled.",
    ),
    Column("channel", "VARCHAR", "How it came in."),
    Column("opened_at", "TIMESTAMP", "When it was opened."),
    Column("responded_at", "TIMESTAMP", "When somebody first began to work on it."),
    Column("fulfilled_at", "TIMESTAMP", "When it was fulfilled for good; empty while it is open."),
    Column("closed_at", "TIMESTAMP", "When it was closed for good; empty while it is not."),
    Column("opened_month", "VARCHAR", "Month of opened_at."),
    Column("fulfilled_month", "VARCHAR", "Month of fulfilled_at."),
    Column("closed_month", "VARCHAR", "Month of closed_at."),
    Column("reopened", "BIGINT", "How often it was reopened."),
    Column("fulfil_seconds", "BIGINT", "From opened_at to fulfilled_at: every hour counts."),
)


def applies(kind: Kind) -> bool:
    """To service requests."""
    return kind.name == "service-request"


def rows(case: Case) -> Iterator[Row]:
    """The request's row."""
    part, timeline = case.part, case.timeline
    fulfilled, closed = case.last("fulfilled", "fulfilled", "closed"), timeline.closed
    yield (
        case.record.id,
        case.record.path,
        part.text("service"),
        part.text("request_type"),
        case.priority.level,
        part.text("impact"),
        part.text("urgency"),
        timeline.status,
        part.text("channel"),
        timeline.opened,
        timeline.responded,
        fulfilled,
        closed,
        case.month(timeline.opened),
        case.month(fulfilled),
        case.month(closed),
        timeline.count("reopened"),
        seconds(timeline.opened, fulfilled),
    )
