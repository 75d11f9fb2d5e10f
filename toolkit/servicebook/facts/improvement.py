"""One row an improvement and target: what was to become better, by when, and whether it did.

An improvement without targets has one row, without a target.
"""

from collections.abc import Iterator

from servicebook.facts._case import Case, decimal
from servicebook.facts._table import Column, Row
from servicebook.kinds import Kind
from servicebook.part import Part

COLUMNS = (
    Column("id", "VARCHAR", "Id of the improvement."),
    Column("path", "VARCHAR", "Its file in the repository."),
    Column("source", "VARCHAR", "What it came from: sla-miss, feedback, audit, review, and so on."),
    Column("service", "VARCHAR", "Id of the first service that it names."),
    Column("owner", "VARCHAR", "Role that answers for it."),
    Column(
        "status",
        "VARCHAR",
        "State at the instant of the facts:"
        " proposed, approved, deferred, rejected, in-progress, done, closed, cancelled.",
    ),
    Column("proposed_at", "TIMESTAMP", "When it was proposed."),
    Column("approved_at", "TIMESTAMP", "When it was approved, the last time."),
    Column("done_at", "TIMESTAMP", "When it was done; empty while it is not."),
    Column("closed_at", "TIMESTAMP", "When it was closed; empty while it is not."),
    Column("done_month", "VARCHAR", "Month of done_at."),
    Column("target", "BIGINT", "Number of the target, from 1; empty where it has none."),
    Column("area", "VARCHAR", "quality, value, capability, cost, productivity, resources or risk."),
    Column("measure", "VARCHAR", "What is measured, in words."),
    Column("metric", "VARCHAR", "Name of the metric that measures it."),
    Column("baseline", "DOUBLE", "Where it stood before."),
    Column("goal", "DOUBLE", "Where it shall stand."),
    Column("due_at", "TIMESTAMP", "End of the day by which it shall."),
    Column("due_month", "VARCHAR", "Month of that day."),
    Column("value", "DOUBLE", "The latest result for that measure."),
    Column("met", "BOOLEAN", "Whether that result meets the target; empty without a result."),
)


def applies(kind: Kind) -> bool:
    """To improvements."""
    return kind.name == "improvement"


def rows(case: Case) -> Iterator[Row]:
    """A row for each target of the improvement, or one."""
    part, timeline = case.part, case.timeline
    services = part.texts("services")
    done = case.last("done", "done", "closed")
    shared = (
        case.record.id,
        case.record.path,
        part.part("source").text("type"),
        services[0] if services else None,
        part.part("owner").text("role"),
        timeline.status,
        timeline.opened,
        case.last("approved"),
        done,
        timeline.closed,
        case.month(done),
    )
    targets = part.parts("targets")
    for target in targets:
        due = case.days.end(target.day("due"))
        result = _latest(case, target.text("measure"))
        yield (
            *shared,
            int(target.pointer[-1]) + 1,
            target.text("area"),
            target.text("measure"),
            target.text("metric"),
            decimal(target, "baseline"),
            decimal(target, "goal"),
            due,
            case.days.month_due(due),
            decimal(result, "value"),
            result.truth("met"),
        )
    if not targets:
        yield (*shared, *[None] * (len(COLUMNS) - len(shared)))


def _latest(case: Case, measure: str | None) -> Part:
    """The latest result for a measure by the instant, of one day the last; an empty part where there is none."""
    found = [
        (day, result)
        for result in case.part.parts("results")
        if result.text("measure") == measure and (day := case.seen(case.days.begin(result.day("on")))) is not None
    ]
    return max(reversed(found), key=lambda pair: pair[0])[1] if found else Part(case.record, None)
