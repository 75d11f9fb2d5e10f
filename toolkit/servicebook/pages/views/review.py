"""A review: who was there, what was considered, and what was decided."""

from typing import Any

from servicebook.pages.quoted import Bound, bound
from servicebook.pages.views import Scene
from servicebook.part import Part
from servicebook.record import Record

SHOWN = frozenset({"attendees", "inputs", "decisions"})


def view(record: Record, scene: Scene) -> dict[str, Any]:
    """`attendees` (role, whether top management), `inputs` (`left_out`: it was not considered), `decisions`."""
    outline, data = scene.place.outline, record.data
    known = bound(record, scene)
    considered = ("inputs", "*", "considered")
    left_out = f"{outline.title(record.kind, *considered)}: {outline.line(record.kind, False, *considered)}"

    def label(value: str, *path: str) -> str:
        return outline.label(record.kind, value, *path)

    return {
        "attendees": [(entry["role"], entry.get("top_management", False)) for entry in data.get("attendees", ())],
        "inputs": [
            {
                "topic": label(entry["topic"], "inputs", "*", "topic"),
                "left_out": left_out if entry.get("considered") is False else "",
                "trend": label(entry["trend"], "inputs", "*", "trend") if "trend" in entry else "",
                "summary": entry["summary"],
                "evidence": entry.get("evidence", ()),
                "figures": [_figure(figure, known.get(figure.pointer), scene) for figure in part.parts("figures")],
            }
            for part, entry in zip(record.part.parts("inputs"), data.get("inputs", ()), strict=True)
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


def _figure(figure: Part, known: Bound | None, scene: Scene) -> dict[str, Any]:
    value, unit = figure.number("value"), figure.text("unit") or ""
    return {
        "measure": figure.text("measure") or figure.text("metric") or "",
        "value": "–" if value is None else scene.edition.words.number(value, 2),
        "unit": unit,
        "n": figure.number("n"),
        "bound": known,
    }
