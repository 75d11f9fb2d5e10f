"""One row a review of a supplier: whether it kept what was agreed."""

from collections.abc import Iterator

from servicebook.facts._case import Case, joined
from servicebook.facts._table import Column, Row
from servicebook.kinds import Kind

COLUMNS = (
    Column("id", "VARCHAR", "Id of the supplier."),
    Column("path", "VARCHAR", "Its file in the repository."),
    Column("reviewed_at", "TIMESTAMP", "Begin of the day on which its performance was reviewed."),
    Column("reviewed_month", "VARCHAR", "Month of reviewed_at."),
    Column("met", "BOOLEAN", "Whether it kept what was agreed."),
    Column("services", "VARCHAR", "Ids of the services that rest on it: SVC-mail, SVC-shop."),
)


def applies(kind: Kind) -> bool:
    """To suppliers."""
    return kind.name == "supplier"


def rows(case: Case) -> Iterator[Row]:
    """A row for each review of the supplier that was held."""
    services = joined(case.part.texts("services"))
    for review in case.part.parts("reviews"):
        held = case.seen(case.days.begin(review.day("on")))
        if held is not None:
            yield case.record.id, case.record.path, held, case.month(held), review.truth("met"), services
