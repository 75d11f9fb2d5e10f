"""Cases in which an SLA does not bind: exceptions, and what came above the agreed workload."""

from typing import Any

from oracle.agreed import Agreed, LeftOut
from oracle.judge import level
from oracle.story import Story

KIND_OF = {"incidents": "incident", "service-requests": "service-request"}


def excused(agreed: Agreed, version: dict[str, Any], story: Story) -> str | None:
    """Why a version of an SLA does not bind for a record; None where it does."""
    day = agreed.day(story.named("opened")[0].at)
    for exception in version.get("exceptions", []):
        said = []
        if "categories" in exception:
            said.append(story.record.get("category") in exception["categories"])
        if "period" in exception:
            said.append(exception["period"]["from"] <= day <= exception["period"]["to"])
        if said and all(said):
            return f"exception: {exception['text']}"
    limits = version.get("workload_limits", [])
    return "workload above the agreed limit" if any(above(agreed, version, limit, story) for limit in limits) else None


def above(agreed: Agreed, version: dict[str, Any], limit: dict[str, Any], story: Story) -> bool:
    """Whether a record was opened after as many others as were agreed for the window of its opening."""
    kind = KIND_OF[limit.get("measure", "incidents")]
    if "limit" not in limit or kind != story.kind:
        return False
    sla = next(record for record in agreed.records.values() if version in record.get("versions", []))
    window = window_of(agreed.day(story.named("opened")[0].at), limit.get("window", "month"))
    queue = []
    for record, told in agreed.cases(kind, story.end):
        opened = told.named("opened")
        if (
            opened
            and record.get("service") in sla["services"]
            and window_of(agreed.day(opened[0].at), limit.get("window", "month")) == window
            and limit.get("priority") in (None, last_level(agreed, version, told))
        ):
            queue.append((opened[0].at, record["id"]))
    return story.record["id"] in [name for _, name in sorted(queue)[limit["limit"] :]]


def last_level(agreed: Agreed, version: dict[str, Any], story: Story) -> str | None:
    """The level last assessed, by the matrix in force when it was opened."""
    try:
        matrix = agreed.in_force(version["matrix"], "matrix", story.named("opened")[0].at)
    except LeftOut:
        return None
    return level(matrix, [story.record, *(step.data for step in story.named("reprioritised"))][-1])


def window_of(day: str, length: str) -> tuple[str, int]:
    """The month, quarter, half or whole of a year in which a day lies."""
    months = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}[length]
    return day[:4], (int(day[5:7]) - 1) // months
