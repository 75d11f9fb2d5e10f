"""An incident: its status and priority, its timeline, and what the SLA clock made of it."""

from typing import Any

from servicebook.pages.clocks import clocks
from servicebook.pages.views import Scene
from servicebook.record import Record

SHOWN: frozenset[str] = frozenset()


def view(record: Record, scene: Scene) -> dict[str, Any]:
    """`priority`, `opened`, seconds to `restored_after` or so far `open_for`, `timers`."""
    case = scene.study.case(record)
    timeline = case.timeline if case else None
    status = timeline.status if timeline else None
    opened = timeline.opened if timeline else None
    restored = timeline.restored if timeline else None
    open_now = opened is not None and restored is None and status != "cancelled"
    return {
        "priority": case.priority.level if case else None,
        "priority_name": _level_name(case.priority.matrix, case.priority.level, case.priority.version, scene)
        if case
        else "",
        "opened": opened,
        "restored_after": (restored - opened).total_seconds() if opened and restored else None,
        "open_for": (scene.study.as_of - opened).total_seconds() if opened and open_now else None,
        **clocks(case.timers if case else (), scene),
    }


def _level_name(matrix: str | None, level: str | None, version: int | None, scene: Scene) -> str:
    """What the matrix calls a priority."""
    record = scene.edition.book.by_id.get(matrix or "")
    for entry in record.data["versions"] if record is not None and record.valid else ():
        if entry["version"] == version:
            return next((str(found["name"]) for found in entry["levels"] if found["id"] == level), "")
    return ""
