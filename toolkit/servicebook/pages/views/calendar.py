"""A calendar: for each version the hours of the week as bars and words, and the dates on which others hold."""

from collections.abc import Iterable, Mapping
from typing import Any

from servicebook.clock.calendar import WEEKDAYS
from servicebook.pages.views import Scene
from servicebook.pages.views._versions import versions
from servicebook.record import Record

SHOWN = frozenset({"versions"})
_OWN = frozenset({"weekly", "exceptions", "zone"})
_DAY = 24 * 60


def view(record: Record, scene: Scene) -> dict[str, Any]:
    """`versions`: head, `zone`, `week` (a bar and text for each day), `total` seconds a week, `exceptions`."""
    return {"versions": [head | _week(record, version, scene) for version, head in versions(record, scene, _OWN)]}


def _week(record: Record, version: Mapping[str, Any], scene: Scene) -> dict[str, Any]:
    days = []
    minutes = 0
    for name in WEEKDAYS:
        hours = [span for entry in version["weekly"] if name in entry["days"] for span in entry["hours"]]
        hours.sort(key=lambda span: span["from"])
        spans = [(start, min(end, _DAY) - start) for start, end in map(_minutes, hours)]
        minutes += len({minute for start, end in map(_minutes, hours) for minute in range(start, end)})
        title = scene.place.outline.heading(record.kind, name, "versions", "*", "weekly", "*", "days", "*")
        days.append({"title": title, "spans": spans, "text": _text(hours)})
    return {
        "zone": version["zone"],
        "week": days,
        "total": minutes * 60,
        "exceptions": [
            (day["date"], day["name"], _text(day.get("hours", ())))
            for day in sorted(version.get("exceptions", ()), key=lambda day: day["date"])
        ],
    }


def _minutes(span: Mapping[str, str]) -> tuple[int, int]:
    """Minutes after midnight; an end on the next day counts on."""
    start, end = (int(text[:2]) * 60 + int(text[3:]) for text in (span["from"], span["to"]))
    return start, end if end > start else end + _DAY


def _text(hours: Iterable[Mapping[str, str]]) -> str:
    return ", ".join(f"{span['from']}–{span['to']}" for span in hours)
