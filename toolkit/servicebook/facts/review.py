"""One row a review that was held: of services, of the whole system by management, of a major incident, and so on."""

from collections.abc import Iterator

from servicebook.facts._case import Case, joined
from servicebook.facts._table import Column, Row
from servicebook.kinds import Kind

COLUMNS = (
    Column("id", "VARCHAR", "Id of the review."),
    Column("path", "VARCHAR", "Its file in the repository."),
    Column("type", "VARCHAR", "service-review, management-review, major-incident-review, and so on."),
    Column("held_at", "TIMESTAMP", "Begin of the day on which it was held."),
    Column("held_month", "VARCHAR", "Month of held_at."),
    Column("services", "VARCHAR", "Ids of the services that were reviewed: SVC-mail, SVC-shop."),
    Column("period_from", "VARCHAR", "First day of the period that was looked at: 2026-01-01."),
    Column("period_to", "VARCHAR", "Last day of that period: 2026-03-31."),
    Column("decisions", "BIGINT", "How many decisions were taken."),
    Column("actions", "BIGINT", "How many actions were agreed."),
    Column("report", "VARCHAR", "Id of the service report that was on the table."),
)


def applies(kind: Kind) -> bool:
    """To reviews."""
    return kind.name == "review"


def rows(case: Case) -> Iterator[Row]:
    """The review's row, once it was held."""
    part = case.part
    held = case.seen(case.days.begin(part.day("held_on")))
    if held is None:
        return
    yield (
        case.record.id,
        case.record.path,
        part.text("type"),
        held,
        case.month(held),
        joined(part.texts("services")),
        part.part("period").text("from"),
        part.part("period").text("to"),
        len(part.parts("decisions")),
        len(part.parts("actions")),
        part.text("report"),
    )
