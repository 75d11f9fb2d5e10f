"""An SLA, or what supports one: for each version a table of targets, priority by measure."""

from collections.abc import Mapping
from typing import Any

from servicebook.pages.views import Scene
from servicebook.pages.views._versions import versions
from servicebook.record import Record

SHOWN = frozenset({"versions"})
TARGET = ("versions", "*", "targets", "*")


def view(record: Record, scene: Scene) -> dict[str, Any]:
    """`versions`: head, `measures` (titles), `targets` (priority, then the targets of each measure), `stops`."""
    return {"versions": [head | _targets(record, version, scene) for version, head in versions(record, scene, _OWN)]}


_OWN = frozenset({"targets", "clock_stops"})


def _targets(record: Record, version: Mapping[str, Any], scene: Scene) -> dict[str, Any]:
    outline = scene.place.outline
    targets = version.get("targets", ())
    measures = [name for name in ("response", "resolution") if any(target["measure"] == name for target in targets)]
    levels = sorted({target["priority"] for target in targets})
    cells = {
        level: [
            [
                _target(record, target, scene)
                for target in targets
                if (target["priority"], target["measure"]) == (level, name)
            ]
            for name in measures
        ]
        for level in levels
    }
    return {
        "measures": [outline.heading(record.kind, name, *TARGET, "measure") for name in measures],
        "targets": list(cells.items()),
        "stops": [(stop["code"], stop.get("meaning", "")) for stop in version.get("clock_stops", ())],
    }


def _target(record: Record, target: Mapping[str, Any], scene: Scene) -> dict[str, str]:
    words, outline = scene.edition.words, scene.place.outline
    terms = [words.plain(f"sla.{target['time']}")]
    if "until" in target:
        terms.append(words.plain("sla.until", event=outline.label(record.kind, target["until"], *TARGET, "until")))
    if "attainment" in target:
        terms.append(words.plain("sla.attained", percent=words.number(target["attainment"], 2)))
    return {"limit": target["limit"], "terms": ", ".join(terms)}
