"""An SLA, or what supports one: for each version a table of targets, priority by measure."""

from collections.abc import Iterator, Mapping
from typing import Any

from servicebook.clock import MEASURES
from servicebook.pages.views import Scene
from servicebook.pages.views._versions import versions
from servicebook.record import Record

SHOWN = frozenset({"versions"})
TARGET = ("versions", "*", "targets", "*")
EVERY = ""
"""In place of a priority: a target for all of them."""


def view(record: Record, scene: Scene) -> dict[str, Any]:
    """`versions`: head, `measures` (titles), `targets` (priority, then the targets of each measure), `stops`."""
    return {"versions": [head | _targets(record, version, scene) for version, head in versions(record, scene, _OWN)]}


_OWN = frozenset({"targets", "clock_stops"})


def _targets(record: Record, version: Mapping[str, Any], scene: Scene) -> dict[str, Any]:
    outline = scene.place.outline
    targets = version.get("targets", ())
    measures = [name for name in MEASURES if any(target["measure"] == name for target in targets)]
    levels = sorted({target.get("priority", EVERY) for target in targets})
    cells = {
        level: [
            [
                _target(record, target, scene)
                for target in targets
                if (target.get("priority", EVERY), target["measure"]) == (level, name)
            ]
            for name in measures
        ]
        for level in levels
    }
    return {
        "measures": [outline.heading(record.kind, name, *TARGET, "measure") for name in measures],
        "targets": list(cells.items()),
        "stops": [
            (stop["code"], stop.get("meaning", ""), ", ".join(_stop_terms(stop, scene)))
            for stop in version.get("clock_stops", ())
        ],
    }


def _target(record: Record, target: Mapping[str, Any], scene: Scene) -> dict[str, str]:
    """The limit, and in a line what else was agreed of it, as far as it is not what is meant anyway."""
    words, outline = scene.edition.words, scene.place.outline
    terms = [words.plain(f"sla.{target['time']}")]
    if "kind" in target:
        terms.append(outline.label(record.kind, target["kind"], *TARGET, "kind"))
    terms.extend(str(title) for title in target.get("request_types", ()))
    terms.extend(str(service) for service in target.get("services", ()))
    if "from" in target:
        terms.append(words.plain("sla.from", event=outline.label(record.kind, target["from"], *TARGET, "from")))
    if "assigned_to" in target:
        terms.append(words.plain("sla.assigned-to", team=target["assigned_to"]))
    if "until" in target:
        terms.append(words.plain("sla.until", event=outline.label(record.kind, target["until"], *TARGET, "until")))
    if "attainment" in target:
        terms.append(words.plain("sla.attained", percent=words.number(target["attainment"], 2)))
    if "window" in target:
        terms.append(outline.label(record.kind, target["window"], *TARGET, "window"))
    if "minimum" in target:
        terms.append(words.plain("sla.minimum", number=int(target["minimum"])))
    return {"limit": target["limit"], "terms": ", ".join(terms)}


def _stop_terms(stop: Mapping[str, Any], scene: Scene) -> Iterator[str]:
    """Under which conditions a code stops the clock."""
    words = scene.edition.words
    if stop.get("evidence"):
        yield words.plain("sla.evidence")
    if "maximum" in stop:
        yield words.plain("sla.maximum", limit=stop["maximum"])
