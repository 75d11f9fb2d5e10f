"""One row a clock of an incident or a service request: how long it ran, and whether the limit was kept.

A clock runs for each target of an SLA and of a supporting agreement; where there is none the row says why.
"""

from collections.abc import Iterator
from datetime import datetime

from servicebook.clock import Timer
from servicebook.clock.timer import due_at
from servicebook.facts._case import Case
from servicebook.facts._table import Column, Row
from servicebook.kinds import Kind

COLUMNS = (
    Column("id", "VARCHAR", "Id of the incident or service request."),
    Column("kind", "VARCHAR", "incident or service-request."),
    Column("service", "VARCHAR", "Id of its service."),
    Column("priority", "VARCHAR", "Priority by the matrix in force when the clock started, as last assessed."),
    Column("category", "VARCHAR", "What an incident was about."),
    Column("request_type", "VARCHAR", "What a service request asks for."),
    Column("channel", "VARCHAR", "How it came in."),
    Column("sla", "VARCHAR", "Id of the SLA that covers the service."),
    Column("sla_version", "BIGINT", "Its version in force when the clock started."),
    Column("agreement", "VARCHAR", "Id of the supporting agreement whose target it is; empty for a target of the SLA."),
    Column("agreement_version", "BIGINT", "Its version in force when the clock started."),
    Column("supplier", "VARCHAR", "Id of the supplier of that supporting agreement."),
    Column("target", "BIGINT", "Number of the target in that version of the agreement, from 1."),
    Column("matrix", "VARCHAR", "Id of the priority matrix."),
    Column("matrix_version", "BIGINT", "Its version in force when the clock started."),
    Column("calendar", "VARCHAR", "Id of the calendar whose hours count; empty where every hour counts."),
    Column("calendar_version", "BIGINT", "Its version in force when the clock started."),
    Column("measure", "VARCHAR", "response, restoration, resolution, fulfilment or update."),
    Column(
        "run",
        "BIGINT",
        "1; where each reopening starts a clock of its own, its number; of update, the number of the gap.",
    ),
    Column("started_at", "TIMESTAMP", "When the clock started."),
    Column("due_at", "TIMESTAMP", "When the limit is reached, allowing for the pauses so far."),
    Column("at_risk_at", "TIMESTAMP", "When three quarters of the limit are reached, allowing for the pauses so far."),
    Column("stopped_at", "TIMESTAMP", "When the clock stopped for good; empty while it runs."),
    Column(
        "settled_at",
        "TIMESTAMP",
        "When the outcome stood: stopped_at where it was met, due_at where it was missed"
        " (stopped_at, where the agreement judges a clock only when it stops).",
    ),
    Column("settled_month", "VARCHAR", "Month of settled_at."),
    Column("limit_seconds", "BIGINT", "The limit agreed."),
    Column("counted_seconds", "BIGINT", "Seconds that counted against the limit."),
    Column("paused_seconds", "BIGINT", "Seconds that pauses took off: those that would have counted without them."),
    Column("state", "VARCHAR", "met, breached or running."),
    Column("met", "BOOLEAN", "Whether the limit was kept; empty while that is open."),
    Column("left_out", "VARCHAR", "Why there is no clock, such as no SLA for the service."),
)


def applies(kind: Kind) -> bool:
    """To the kinds that agreements promise something for."""
    return kind.name in ("incident", "service-request")


def rows(case: Case) -> Iterator[Row]:
    """A row for each timer of the record."""
    part = case.part
    for timer in case.timers:
        yield (
            timer.record,
            timer.kind,
            timer.service,
            timer.priority,
            part.text("category"),
            part.text("request_type"),
            part.text("channel"),
            timer.sla,
            timer.sla_version,
            timer.agreement,
            timer.agreement_version,
            case.supplier(timer.agreement),
            int(timer.target[-1]) + 1 if timer.target else None,
            timer.matrix,
            timer.matrix_version,
            timer.calendar,
            timer.calendar_version,
            timer.measure,
            timer.run,
            timer.start,
            timer.due,
            _at_risk(timer),
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


def _at_risk(timer: Timer) -> datetime | None:
    """When three quarters of the limit, rounded up to a second, have counted."""
    if timer.limit_seconds is None or timer.start is None or timer.state is None:
        return None
    return due_at(timer.hours, timer.stretches, -(-3 * timer.limit_seconds // 4), timer.start)
