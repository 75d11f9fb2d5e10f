"""A priority matrix: for each version the grid of impact and urgency, and what each level means."""

from collections.abc import Mapping
from typing import Any

from servicebook.pages.views import Scene
from servicebook.pages.views._versions import versions
from servicebook.record import Record

SHOWN = frozenset({"versions"})
LEVELS = ("high", "medium", "low")
_OWN = frozenset({"levels", "impact", "urgency", "priority"})


def view(record: Record, scene: Scene) -> dict[str, Any]:
    """`versions`: head, `urgency` (columns), `rows` (impact, then the priority for each urgency), `levels`."""
    return {"versions": [head | _grid(version, scene) for version, head in versions(record, scene, _OWN)]}


def _grid(version: Mapping[str, Any], scene: Scene) -> dict[str, Any]:
    def level(name: str, side: str) -> dict[str, str]:
        incident = scene.edition.book.kinds.get("incident")
        title = scene.place.outline.heading(incident, name, side) if incident is not None else name
        return {"title": title, "meaning": version.get(side, {}).get(name, "")}

    return {
        "urgency": [level(name, "urgency") for name in LEVELS],
        "rows": [
            (level(impact, "impact"), [version["priority"][impact][urgency] for urgency in LEVELS]) for impact in LEVELS
        ],
        "levels": [{"meaning": ""} | entry for entry in version["levels"]],
    }
