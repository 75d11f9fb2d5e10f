"""A review: who was there, what was considered, and what was decided."""

from typing import Any

from servicebook.pages.views import Scene
from servicebook.record import Record

SHOWN = frozenset({"attendees", "inputs", "decisions"})


def view(record: Record, scene: Scene) -> dict[str, Any]:
    """`attendees` (role, whether top management), `inputs`, `decisions`."""
    outline, data = scene.place.outline, record.data

    def label(value: str, *path: str) -> str:
        return outline.label(record.kind, value, *path)

    return {
        "attendees": [(entry["role"], entry.get("top_management", False)) for entry in data.get("attendees", ())],
        "inputs": [
            {
                "topic": label(entry["topic"], "inputs", "*", "topic"),
                "summary": entry["summary"],
                "evidence": entry.get("evidence", ()),
            }
            for entry in data.get("inputs", ())
        ],
        "decisions": [
            {
                "id": entry["id"],
                "text": entry["text"],
                "type": label(entry["type"], "decisions", "*", "type"),
                "actions": entry.get("actions", ()),
            }
            for entry in data.get("decisions", ())
        ],
    }
