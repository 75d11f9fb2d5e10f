"""Why the targets of an SLA do not bind for a case: an exception that was agreed, or more work than was."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from servicebook.clock.agreements import Agreements
from servicebook.clock.workload import Workload
from servicebook.record import Record

ABOVE_THE_LIMIT: Final = "workload above the agreed limit"
EXCEPTION: Final = "exception: {text}"


def released(
    record: Record, opened: datetime, sla: Record, as_of: datetime, agreements: Agreements, workload: Workload
) -> str:
    """The reason why a case is released by the SLA version in force when it was opened; empty where it is not."""
    day = agreements.day(opened)
    terms = agreements.agreed(sla, day).terms
    if terms is None:
        return ""
    for exception in terms.exceptions:
        if _holds(exception, record.data.get("category"), day):
            return EXCEPTION.format(text=exception["text"])
    if any(limit.kind == record.kind.name for limit in terms.limits) and record.id in workload.released(sla, as_of):
        return ABOVE_THE_LIMIT
    return ""


def _holds(exception: Mapping[str, Any], category: str | None, day: str) -> bool:
    """Whether an exception is for this case. One in words alone is for people."""
    categories, period = exception.get("categories"), exception.get("period")
    if categories is None and period is None:
        return False
    return (categories is None or category in categories) and (period is None or period["from"] <= day <= period["to"])
