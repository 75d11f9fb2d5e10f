"""A service: what availability was agreed, what it was month by month, and what is left of the error budget."""

from datetime import date
from functools import lru_cache
from typing import Any

from servicebook.metrics.rounding import digits
from servicebook.pages import charts
from servicebook.pages.charts import Chart, Series
from servicebook.pages.study import Study
from servicebook.pages.uptime import Budget, Month, Uptime, Uptimes
from servicebook.pages.views import Scene
from servicebook.record import Record

SHOWN: frozenset[str] = frozenset()
_HOUR = 3600
_DECIMALS = 3
"""Of an availability; more where it would else look like all."""


def view(record: Record, scene: Scene) -> dict[str, Any]:
    """`uptimes`: for each agreement its terms, `budget`, `chart` and `months`."""
    return {"uptimes": [_shown(uptime, scene) for uptime in _uptimes(scene.study).of(record.id)]}


@lru_cache(maxsize=1)
def _uptimes(study: Study) -> Uptimes:
    """Those of a study, for every service and language."""
    return Uptimes(study.book, study.as_of, date.fromisoformat(study.today))


def _shown(uptime: Uptime, scene: Scene) -> dict[str, Any]:
    terms, words = uptime.terms, scene.edition.words
    return {
        "agreed": _agreed(uptime, scene),
        "sla": terms.sla,
        "version": terms.sla_version,
        "budget": _budget(uptime.budget, scene) if uptime.budget else None,
        "chart": _chart(uptime.months, scene) if any(month.down for month in uptime.months) else None,
        "months": [
            {
                "label": month.label,
                "running": month.running,
                "percent": _percent(month.percent, scene),
                "down": words.span(month.down) if month.agreed else "–",
                "failures": words.number(month.failures) if month.agreed else "–",
                "excluded": words.span(month.excluded) if month.excluded else "–",
                "reason": words.reason(month.reason),
            }
            for month in reversed(uptime.months)
        ],
        "excludes": any(month.excluded for month in uptime.months),
    }


def _agreed(uptime: Uptime, scene: Scene) -> str:
    terms, words = uptime.terms, scene.edition.words
    if terms.left_out is not None:
        return words.reason(terms.left_out)
    if terms.target is None:
        return words.plain("availability.no-target")
    window = words.plain(f"availability.{terms.window}")
    return words.plain("availability.target", percent=words.number(terms.target, 3), window=window)


def _budget(budget: Budget, scene: Scene) -> dict[str, Any]:
    words = scene.edition.words
    used = 100 * budget.down / budget.allowed if budget.allowed else None
    return {
        "window": words.plain("availability.window", first=budget.first, last=budget.last),
        "percent": _percent(budget.percent, scene),
        "state": "met" if budget.kept else "breached",
        "word": words.plain("availability.kept" if budget.kept else "availability.spent"),
        "allowed": words.span(budget.allowed),
        "used": words.span(budget.down) + (f" ({words.number(used, 0)} %)" if used is not None else ""),
        "burn": words.number(budget.burn, 2) if budget.burn is not None else "",
    }


def _chart(months: list[Month] | Any, scene: Scene) -> Chart:
    words = scene.edition.words
    title = words.plain("availability.chart")
    labels = [month.label for month in months]
    hours = [round(month.down / _HOUR, 2) if month.agreed else None for month in months]
    drawn = charts.bars(labels, [Series(words.plain("availability.down"), hours)], title)
    return Chart(title, drawn, [], [])


def _percent(value: float | None, scene: Scene) -> str:
    if value is None:
        return "–"
    return f"{scene.edition.words.number(value, max(_DECIMALS, digits(value, 'percent')))} %"
