"""One row a finding of an audit: how grave it is, and whether what was to follow has been brought to an end."""

from collections.abc import Iterator
from datetime import datetime

from servicebook.facts._table import Column, Row
from servicebook.facts._whole import Whole
from servicebook.part import Part

COLUMNS = (
    Column("id", "VARCHAR", "Id of the audit."),
    Column("path", "VARCHAR", "Its file in the repository."),
    Column("finding", "VARCHAR", "Number of the finding in the audit: F1."),
    Column("audit_type", "VARCHAR", "internal, stage-1, stage-2, surveillance or recertification."),
    Column("grade", "VARCHAR", "major, minor, observation or opportunity."),
    Column("clause", "VARCHAR", "Clause of ISO/IEC 20000-1 that it is about."),
    Column(
        "raised_at", "TIMESTAMP", "Begin of the day on which the audit was reported, else of the last on which it was."
    ),
    Column("closed_at", "TIMESTAMP", "When what it led to was closed, of two the later; empty while one is not."),
    Column("raised_month", "VARCHAR", "Month of raised_at."),
    Column("nonconformity", "VARCHAR", "Id of the nonconformity that it led to."),
    Column("improvement", "VARCHAR", "Id of the improvement that it led to."),
    Column("status", "VARCHAR", "open or closed: without anything that it led to it stays open."),
)


def of_book(whole: Whole) -> Iterator[Row]:
    """A row for each finding of each audit that was held."""
    for case in whole.cases("audit"):
        part = case.part
        day = part.part("reported").day("on") or part.part("held").day("to")
        raised = case.seen(case.days.begin(day))
        if raised is None:
            continue
        for finding in part.parts("findings"):
            closed = _closed(finding, whole)
            yield (
                case.record.id,
                case.record.path,
                finding.text("id"),
                part.text("type"),
                finding.text("grade"),
                finding.text("clause"),
                raised,
                closed,
                case.month(raised),
                finding.text("nonconformity"),
                finding.text("improvement"),
                "open" if closed is None else "closed",
            )


def _closed(finding: Part, whole: Whole) -> datetime | None:
    """When everything that the finding led to was closed; None while something is open, or nothing was ever begun."""
    followed = [name for name in (finding.text("nonconformity"), finding.text("improvement")) if name is not None]
    cases = [whole.case(name) for name in followed]
    closed = [case.timeline.closed if case is not None else None for case in cases]
    times = [moment for moment in closed if moment is not None]
    return max(times) if times and len(times) == len(followed) else None
