"""One row an incident: what it was about, when each thing happened, how often it came back."""

from collections.abc import Iterator
from typing import Any

from servicebook.facts._table import Case, Column, Row

COLUMNS = (
    Column("id", "VARCHAR", "Id of the incident."),
    Column("path", "VARCHAR", "Its file in the repository."),
    Column("service", "VARCHAR", "Id of the service that was hit."),
    Column("priority", "VARCHAR", "P1 is the highest: impact × urgency, by the matrix in force when it was opened."),
    Column("priority_missing", "VARCHAR", "Why there is no priority."),
    Column("impact", "VARCHAR", "high, medium or low, as last assessed."),
    Column("urgency", "VARCHAR", "high, medium or low, as last assessed."),
    Column(
        "status", "VARCHAR", "State at the instant of the facts: new, in-progress, paused, resolved, closed, cancelled."
    ),
    Column("category", "VARCHAR", "What it was about."),
    Column("channel", "VARCHAR", "How it came in."),
    Column("detected_at", "TIMESTAMP", "When it was first noticed, if that was recorded."),
    Column("opened_at", "TIMESTAMP", "When it was opened."),
    Column("responded_at", "TIMESTAMP", "When somebody first began to work on it."),
    Column(
        "restored_at", "TIMESTAMP", "When the service was back: the last event restored, without one the last resolved."
    ),
    Column("first_resolved_at", "TIMESTAMP", "When it was resolved for the first time, whether or not it came back."),
    Column("resolved_at", "TIMESTAMP", "When it was resolved for good; empty while it is open."),
    Column("closed_at", "TIMESTAMP", "When it was closed for good; empty while it is not."),
    Column("opened_month", "VARCHAR", "Month of opened_at."),
    Column("restored_month", "VARCHAR", "Month of restored_at."),
    Column("first_resolved_month", "VARCHAR", "Month of first_resolved_at."),
    Column("resolved_month", "VARCHAR", "Month of resolved_at."),
    Column("closed_month", "VARCHAR", "Month of closed_at."),
    Column("reopened", "BIGINT", "How often it was reopened."),
    Column("reassigned", "BIGINT", "How often it was assigned again after the first time."),
    Column("restore_seconds", "BIGINT", "From detected_at, else opened_at, to restored_at: every hour counts."),
    Column("claimed_priority", "VARCHAR", "What the source of an import claims the priority to be."),
    Column(
        "claimed_made_sla", "VARCHAR", "Whether the source of an import claims that the SLA was met: true or false."
    ),
)


def rows(case: Case) -> Iterator[Row]:
    """The incident's row."""
    data, timeline = case.record.data, case.timeline
    began = timeline.detected or timeline.opened
    restored, resolved, closed = timeline.restored, timeline.resolved, timeline.closed
    first_resolution = timeline.first("resolved")
    first_resolved = first_resolution.at if first_resolution else None
    impact, urgency = timeline.assessed(data)
    claims = data.get("source", {}).get("claims", {})
    yield (
        case.record.id,
        case.record.path,
        data.get("service"),
        case.priority.level,
        case.priority.reason or None,
        impact,
        urgency,
        timeline.status,
        data.get("category"),
        data.get("channel"),
        timeline.detected,
        timeline.opened,
        timeline.responded,
        restored,
        first_resolved,
        resolved,
        closed,
        case.month(timeline.opened),
        case.month(restored),
        case.month(first_resolved),
        case.month(resolved),
        case.month(closed),
        timeline.count("reopened"),
        max(0, timeline.count("assigned") - 1),
        int((restored - began).total_seconds()) if restored and began else None,
        _text(claims.get("priority")),
        _text(claims.get("made_sla")),
    )


def _text(claim: Any) -> str | None:
    return claim if claim is None or isinstance(claim, str) else str(claim).lower()
