"""How a record went: its status, the events of its timeline, and how each of its actions stands."""

from collections.abc import Iterator
from typing import Any

from servicebook.pages.views import Scene
from servicebook.part import Part
from servicebook.record import Record, instant

ACTIONS = "actions"
_TOLD = frozenset({"at", "event", "by", "to", "note"})
_OF_AN_ACTION = ("id", "what", "owner", "due")


def course(record: Record, scene: Scene) -> dict[str, Any] | None:
    """`status`, `status_title`, `opened`, and the `events` of the `field` with this `title`; None without lifecycle."""
    case, lifecycle = scene.study.case(record), record.kind.lifecycle
    if case is None or lifecycle is None:
        return None
    status, words = case.timeline.status, scene.edition.words
    return {
        "status": status or "none",
        "status_title": scene.edition.word(lifecycle.states.get(status or "", {}), status or words.plain("value.none")),
        "opened": case.timeline.opened,
        "field": lifecycle.timeline,
        "title": scene.place.outline.title(record.kind, lifecycle.timeline),
        "events": list(_events(record, lifecycle.timeline, scene)),
    }


def _events(record: Record, timeline: str, scene: Scene) -> Iterator[dict[str, Any]]:
    outline, kind = scene.place.outline, record.kind
    for entry in record.data[timeline]:
        yield {
            "at": instant(entry["at"]),
            "name": entry["event"],
            "title": outline.label(kind, entry["event"], timeline, "*", "event"),
            "by": entry.get("by", ""),
            "to": entry.get("to", ""),
            "note": entry.get("note", ""),
            "more": [
                (outline.title(kind, timeline, "*", name), outline.line(kind, value, timeline, "*", name))
                for name, value in entry.items()
                if name not in _TOLD and not isinstance(value, dict | list)
            ],
        }


def actions(record: Record, scene: Scene) -> dict[str, Any] | None:
    """`titles` of the columns and `rows` with `state` and `word`; None for a record that undertakes nothing."""
    parts = record.part.parts(ACTIONS) if record.kind.lists_objects(ACTIONS) else []
    if not parts:
        return None
    outline = scene.place.outline
    titles = [outline.title(record.kind, ACTIONS, "*", name) for name in _OF_AN_ACTION]
    return {"titles": titles, "rows": [_action(part, scene) for part in parts]}


def _action(part: Part, scene: Scene) -> dict[str, str]:
    words, today = scene.edition.words, scene.study.today
    shown = {name: part.text(name) or "" for name in (*_OF_AN_ACTION, "outcome")}
    done = part.text("done")
    if done is not None and done <= today:
        return shown | {"state": "met", "word": words.plain("review.done", date=done)}
    if shown["due"] and shown["due"] < today:
        return shown | {"state": "breached", "word": words.plain("review.overdue")}
    return shown | {"state": "running", "word": words.plain("review.open")}
