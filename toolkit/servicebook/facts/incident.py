"""One row an incident: what it was about, when each thing happened, how often it came back."""

from collections.abc import Iterator
from typing import Any

from servicebook.facts._case import Case, seconds
from servicebook.facts._table import Column, Row
from servicebook.kinds import Kind
from servicebook.part import Part

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
    Column("major", "BOOLEAN", "Whether it was declared a major incident, or is described as one."),
    Column("problem", "VARCHAR", "Id of the problem behind it."),
    Column("caused_by", "VARCHAR", "Id of the change that brought it."),
    Column("escalated", "BIGINT", "How often it was escalated."),
    Column("informed", "BIGINT", "How often somebody was told how it stands."),
    Column("respond_seconds", "BIGINT", "From opened_at to responded_at: every hour counts."),
    Column("responded_month", "VARCHAR", "Month of responded_at."),
)


def applies(kind: Kind) -> bool:
    """To incidents."""
    return kind.name == "incident"


def rows(case: Case) -> Iterator[Row]:
    """The incident's row."""
    part, timeline = case.part, case.timeline
    restored, resolved, closed = timeline.restored, timeline.resolved, timeline.closed
    first_resolved = case.first("resolved")
    impact, urgency = timeline.assessed(case.record.data)
    claims = part.part("source").part("claims")
    yield (
        case.record.id,
        case.record.path,
        part.text("service"),
        case.priority.level,
        case.priority.reason or None,
        _text(impact),
        _text(urgency),
        timeline.status,
        part.text("category"),
        part.text("channel"),
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
        seconds(timeline.detected or timeline.opened, restored),
        _claim(claims, "priority"),
        _claim(claims, "made_sla"),
        timeline.first("major-declared") is not None or "major" in part,
        part.text("problem"),
        part.text("caused_by"),
        timeline.count("escalated"),
        timeline.count("informed"),
        seconds(timeline.opened, timeline.responded),
        case.month(timeline.responded),
    )


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _claim(claims: Part, name: str) -> str | None:
    text, truth, number = claims.text(name), claims.truth(name), claims.number(name)
    if truth is not None:
        return str(truth).lower()
    return str(number) if text is None and number is not None else text
