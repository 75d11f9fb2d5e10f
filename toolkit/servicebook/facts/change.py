"""One row a change: how risky it was, when each thing happened, how it went and what it brought."""

from collections.abc import Iterator

from servicebook.facts._case import Case, joined, seconds
from servicebook.facts._table import Column, Row
from servicebook.facts._whole import Whole

COLUMNS = (
    Column("id", "VARCHAR", "Id of the change."),
    Column("path", "VARCHAR", "Its file in the repository."),
    Column("service", "VARCHAR", "Id of the first service that it names."),
    Column("services", "VARCHAR", "Ids of all services that it names: SVC-mail, SVC-shop."),
    Column("category", "VARCHAR", "standard, normal or emergency."),
    Column("type", "VARCHAR", "What it does to a service: service-new, service-changed, component, and so on."),
    Column("risk", "VARCHAR", "high, medium or low, as assessed."),
    Column(
        "status",
        "VARCHAR",
        "State at the instant of the facts:"
        " requested, assessed, approved, rejected, implementing, implemented, closed, cancelled.",
    ),
    Column("requested_at", "TIMESTAMP", "When it was requested."),
    Column("approved_at", "TIMESTAMP", "When it was approved, the last time."),
    Column("started_at", "TIMESTAMP", "When its implementation began."),
    Column("implemented_at", "TIMESTAMP", "When it was implemented or backed out, whichever came first."),
    Column("closed_at", "TIMESTAMP", "When it was closed; empty while it is not."),
    Column("requested_month", "VARCHAR", "Month of requested_at."),
    Column("implemented_month", "VARCHAR", "Month of implemented_at."),
    Column("closed_month", "VARCHAR", "Month of closed_at."),
    Column("result", "VARCHAR", "success, partial, failed or backed-out; empty until implemented_at."),
    Column("investigated", "BOOLEAN", "Whether it is written down why it did not go as planned."),
    Column("reviewed", "BOOLEAN", "Whether it was reviewed after its implementation."),
    Column("effective", "BOOLEAN", "Whether the review found that it did what it was for; empty without a review."),
    Column("lead_seconds", "BIGINT", "From requested_at to implemented_at: every hour counts."),
    Column("incidents_caused", "BIGINT", "How many incidents its review or they themselves say it caused, each once."),
)


def of_book(whole: Whole) -> Iterator[Row]:
    """A row for each change."""
    for case in whole.cases("change"):
        part, timeline = case.part, case.timeline
        implemented = next((state.start for state in timeline.states if state.name == "implemented"), None)
        services, outcome = part.texts("services"), part.part("outcome")
        reviewed = case.seen(case.days.begin(part.part("review").day("on"))) is not None
        yield (
            case.record.id,
            case.record.path,
            services[0] if services else None,
            joined(services),
            part.text("category"),
            part.text("type"),
            part.part("assessment").text("risk"),
            timeline.status,
            timeline.opened,
            case.last("approved"),
            case.first("implementation-started"),
            implemented,
            timeline.closed,
            case.month(timeline.opened),
            case.month(implemented),
            case.month(timeline.closed),
            outcome.text("result") if implemented else None,
            implemented is not None and "investigation" in outcome,
            reviewed,
            case.found("review", "effective", "on"),
            seconds(timeline.opened, implemented),
            len(_caused(case, whole)),
        )


def _caused(case: Case, whole: Whole) -> frozenset[str]:
    """Ids of the incidents that it caused, of those opened by the instant."""
    named = case.part.part("review").texts("incidents_caused")
    naming = [record.id for record, link in whole.book.links_in(case.record.id) if link.pointer == ("caused_by",)]
    return whole.incidents.intersection([*named, *naming])
