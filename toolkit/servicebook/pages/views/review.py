"""A review: who was there, what was considered, decided and undertaken, and how each action stands today."""

from typing import Any

from servicebook.pages.views import Scene
from servicebook.record import Record

SHOWN = frozenset({"attendees", "inputs", "decisions", "actions"})


def view(record: Record, scene: Scene) -> dict[str, Any]:
    """`attendees` (role, whether top management), `inputs`, `decisions`, `actions` with `state` and `word`."""
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
        "actions": [_action(entry, scene) for entry in data.get("actions", ())],
        "action_titles": [outline.title(record.kind, "actions", "*", name) for name in ("id", "what", "owner", "due")],
    }


def _action(entry: dict[str, Any], scene: Scene) -> dict[str, str]:
    words = scene.edition.words
    shown = {name: str(entry.get(name, "")) for name in ("id", "what", "outcome", "owner", "due")}
    done = entry.get("done")
    if done is not None and done <= scene.study.today:
        return shown | {"state": "met", "word": words.plain("review.done", date=done)}
    if entry.get("due", "9") < scene.study.today:
        return shown | {"state": "breached", "word": words.plain("review.overdue")}
    return shown | {"state": "running", "word": words.plain("review.open")}
