"""One row an outage and service: what was lost, planned or not, and for how long."""

from collections.abc import Iterator

from servicebook.facts._case import Case, decimal, seconds
from servicebook.facts._table import Column, Row
from servicebook.kinds import Kind

COLUMNS = (
    Column("id", "VARCHAR", "Id of the outage."),
    Column("path", "VARCHAR", "Its file in the repository."),
    Column("service", "VARCHAR", "Id of a service that was lost or worse than agreed; a row for each of them."),
    Column("type", "VARCHAR", "outage, maintenance or degradation."),
    Column("started_at", "TIMESTAMP", "When it began."),
    Column("ended_at", "TIMESTAMP", "When it was over; empty while it lasts."),
    Column("weight", "DOUBLE", "Share of the service that was lost: 1 is all of it."),
    Column("announced_at", "TIMESTAMP", "When those who use the service were told; empty where nobody was."),
    Column("notice_seconds", "BIGINT", "From announced_at to started_at; negative where it was announced afterwards."),
    Column("incident", "VARCHAR", "Id of the incident that it belongs to."),
    Column("change", "VARCHAR", "Id of the change that it belongs to."),
    Column(
        "elapsed_seconds", "BIGINT", "From started_at to ended_at, or to the instant of the facts: every hour counts."
    ),
    Column("started_month", "VARCHAR", "Month of started_at."),
)


def applies(kind: Kind) -> bool:
    """To outages."""
    return kind.name == "outage"


def rows(case: Case) -> Iterator[Row]:
    """A row for each service, if the outage had begun by the instant of the facts."""
    started, ended = case.seen(case.part.moment("from")), case.seen(case.part.moment("to"))
    if started is None:
        return
    announced = case.seen(case.part.moment("announced_at"))
    weight = decimal(case.part, "weight")
    for service in case.part.texts("services"):
        yield (
            case.record.id,
            case.record.path,
            service,
            case.part.text("type"),
            started,
            ended,
            1.0 if weight is None else weight,
            announced,
            seconds(announced, started),
            case.part.text("incident"),
            case.part.text("change"),
            seconds(started, ended or case.as_of.replace(microsecond=0)),
            case.month(started),
        )
