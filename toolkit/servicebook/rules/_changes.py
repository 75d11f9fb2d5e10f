"""What the rules on changes ask: who decided when, and when work on it began."""

from datetime import datetime
from typing import Final

from servicebook.part import Part
from servicebook.record import Record
from servicebook.rules._timeline import first, told

_BEGUN: Final = ("implementation-started", "implemented", "backed-out")


def decisions(record: Record) -> list[tuple[datetime, Part]]:
    """The decisions on a change, a release or a request, by the instant at which they were taken."""
    found = [(at, part) for part in record.part.parts("approvals") if (at := part.moment("at")) is not None]
    return sorted(found, key=lambda pair: pair[0])


def approvals(record: Record) -> list[tuple[datetime, Part]]:
    """Those of the decisions that approve it."""
    return [(at, decision) for at, decision in decisions(record) if decision.text("decision") == "approved"]


def approved_at(record: Record) -> datetime | None:
    """When it was first approved."""
    return next((at for at, _ in approvals(record)), None)


def decision_at(record: Record, moment: datetime) -> Part | None:
    """The decision that held at an instant: the last one taken until then; None before the first."""
    return next((decision for at, decision in reversed(decisions(record)) if at <= moment), None)


def begun_at(change: Record) -> datetime | None:
    """When a change began to be implemented."""
    return first(told(change), *_BEGUN)


def ended_at(change: Record) -> datetime | None:
    """When a change was implemented or taken back, whichever came last."""
    ends = [event.at for event in told(change).events if event.name in ("implemented", "backed-out")]
    return ends[-1] if ends else None
