"""One row a survey, complaint, suggestion or compliment: what was said, and what came of it."""

from collections.abc import Iterator

from servicebook.facts._case import Case, decimal, whole_number
from servicebook.facts._table import Column, Row
from servicebook.kinds import Kind

COLUMNS = (
    Column("id", "VARCHAR", "Id of the feedback."),
    Column("path", "VARCHAR", "Its file in the repository."),
    Column("type", "VARCHAR", "survey, complaint, suggestion or compliment."),
    Column("service", "VARCHAR", "Id of the service that it is about."),
    Column("customer", "VARCHAR", "Id of the customer that it came from."),
    Column("status", "VARCHAR", "State at the instant of the facts: open, in-progress, answered, closed."),
    Column("received_at", "TIMESTAMP", "When it was received."),
    Column("acknowledged_at", "TIMESTAMP", "When whoever gave it was first told that it is being looked at."),
    Column("answered_at", "TIMESTAMP", "When it was last answered."),
    Column("closed_at", "TIMESTAMP", "When it was closed for good; empty while it is not."),
    Column("received_month", "VARCHAR", "Month of received_at."),
    Column("closed_month", "VARCHAR", "Month of closed_at."),
    Column("due_at", "TIMESTAMP", "End of the day by which an answer to a complaint was promised."),
    Column("score", "DOUBLE", "Mean score of a survey, on the scale that it names."),
    Column("population", "BIGINT", "How many could have been asked."),
    Column("sampled", "BIGINT", "How many were asked."),
    Column("responses", "BIGINT", "How many answered."),
    Column("favourable", "BIGINT", "How many answered favourably."),
    Column("satisfied", "BOOLEAN", "Whether the complainant was satisfied; empty until it is answered."),
    Column("led_to", "BIGINT", "How many records it led to: improvements, problems, changes and others."),
)


def applies(kind: Kind) -> bool:
    """To feedback."""
    return kind.name == "feedback"


def rows(case: Case) -> Iterator[Row]:
    """The feedback's row."""
    part, timeline = case.part, case.timeline
    survey, complaint = part.part("survey"), part.part("complaint")
    answered = case.last("answered")
    yield (
        case.record.id,
        case.record.path,
        part.text("type"),
        part.text("service"),
        part.text("customer"),
        timeline.status,
        timeline.opened,
        case.first("acknowledged"),
        answered,
        timeline.closed,
        case.month(timeline.opened),
        case.month(timeline.closed),
        case.days.end(complaint.day("due")),
        decimal(survey, "score"),
        whole_number(survey, "population"),
        whole_number(survey, "sampled"),
        whole_number(survey, "responses"),
        whole_number(survey, "favourable"),
        complaint.truth("satisfied") if answered or timeline.closed else None,
        len(set(part.texts("led_to"))),
    )
