"""A service report: its figures as one table, each with its target, what it rests on, and what followed."""

from typing import Any

from markupsafe import Markup

from servicebook.pages.figures import unit_name
from servicebook.pages.quoted import Bound, bound
from servicebook.pages.views import Scene
from servicebook.part import Part
from servicebook.record import Record

SHOWN = frozenset({"figures"})
_COLUMNS = ("measure", "value", "n", "target", "previous", "follow_up")


def view(record: Record, scene: Scene) -> dict[str, Any]:
    """`titles` of the columns, and `figures`, one row each."""
    titles = [scene.place.outline.title(record.kind, "figures", "*", name) for name in _COLUMNS]
    known = bound(record, scene)
    rows = [_row(figure, known.get(figure.pointer), scene) for figure in record.part.parts("figures")]
    return {"titles": titles, "figures": rows}


def _row(figure: Part, known: Bound | None, scene: Scene) -> dict[str, Any]:
    words, place = scene.edition.words, scene.place
    unit = figure.text("unit") or ""
    met = figure.truth("met")
    about = [figure.text("service"), figure.text("sla")]
    return {
        "measure": figure.text("measure") or "",
        "note": figure.text("note") or "",
        "bound": known,
        "about": known.about
        if known is not None
        else Markup(", ").join(place.link(record_id) for record_id in about if record_id is not None),
        "value": _number(figure.number("value"), scene),
        "unit": unit_name(unit, words),
        "n": _number(figure.number("n"), scene),
        "target": _number(figure.number("target"), scene) if "target" in figure else "",
        "state": "" if met is None else "met" if met else "breached",
        "word": "" if met is None else words.plain("report.held" if met else "report.missed"),
        "previous": [_number(value, scene) for value in figure.numbers("previous")],
        "follow_up": place.link(follow_up) if (follow_up := figure.text("follow_up")) is not None else "",
    }


def _number(value: float | None, scene: Scene) -> str:
    return "–" if value is None else scene.edition.words.number(value, 2)
