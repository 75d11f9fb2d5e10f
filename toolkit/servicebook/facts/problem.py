"""One row a problem: where it came from, what is known of it, how many incidents it explains."""

from collections.abc import Iterator

from servicebook.facts._case import Case
from servicebook.facts._table import Column, Row
from servicebook.facts._whole import Whole

COLUMNS = (
    Column("id", "VARCHAR", "Id of the problem."),
    Column("path", "VARCHAR", "Its file in the repository."),
    Column("service", "VARCHAR", "Id of the service that it troubles."),
    Column("source", "VARCHAR", "How it was found: trend, incident, major-incident, supplier, proactive."),
    Column("category", "VARCHAR", "What it is about."),
    Column("impact", "VARCHAR", "high, medium or low."),
    Column("urgency", "VARCHAR", "high, medium or low."),
    Column(
        "status",
        "VARCHAR",
        "State at the instant of the facts: open, investigating, known-error, resolved, closed, cancelled.",
    ),
    Column("opened_at", "TIMESTAMP", "When it was opened."),
    Column(
        "known_error_at",
        "TIMESTAMP",
        "When it first became a known error; without that event, begin of the day on which it was recorded as one.",
    ),
    Column("resolved_at", "TIMESTAMP", "When it was resolved for good; empty while it is open."),
    Column("closed_at", "TIMESTAMP", "When it was closed for good; empty while it is not."),
    Column("opened_month", "VARCHAR", "Month of opened_at."),
    Column("resolved_month", "VARCHAR", "Month of resolved_at."),
    Column("closed_month", "VARCHAR", "Month of closed_at."),
    Column("workaround", "BOOLEAN", "Whether the known error has a workaround."),
    Column("root_cause", "BOOLEAN", "Whether its root cause is stated, and not only confirmed later than the facts."),
    Column("incidents", "BIGINT", "How many incidents it names or is named by, each once, of those opened by then."),
    Column("effective", "BOOLEAN", "Whether the solution was found to be effective; empty while nobody has checked."),
)


def of_book(whole: Whole) -> Iterator[Row]:
    """A row for each problem."""
    for case in whole.cases("problem"):
        part, timeline = case.part, case.timeline
        resolved, closed = timeline.resolved, timeline.closed
        known_error = part.part("known_error")
        yield (
            case.record.id,
            case.record.path,
            part.text("service"),
            part.text("source"),
            part.text("category"),
            part.text("impact"),
            part.text("urgency"),
            timeline.status,
            timeline.opened,
            case.first("known-error") or case.seen(case.days.begin(known_error.day("recorded_on"))),
            resolved,
            closed,
            case.month(timeline.opened),
            case.month(resolved),
            case.month(closed),
            "workaround" in known_error,
            _cause_known(case),
            sum(other.id in whole.incidents for other in whole.book.connected(case.record, "incident")),
            case.found("effectiveness", "effective", "checked_on"),
        )


def _cause_known(case: Case) -> bool:
    cause = case.part.part("root_cause")
    confirmed = case.days.begin(cause.day("confirmed_on"))
    return bool(cause) and (confirmed is None or confirmed <= case.as_of)
