"""Foresight as text and as JSON.

The JSON has the shape `servicebook.foresight/1`; of `risk`, `forecast` and `recurrence` it has those asked for:

    {"format": "servicebook.foresight/1",
     "tool": {…}, "commit": "…" or null, "as_of": "…Z", "zone": "…",    as in servicebook.trends/1
     "risk": [
       {"record": "…", "service": "…", "priority": "…", "measure": "…", "agreement": "…", "due": "…Z" or null,
        "limit_seconds": 432000, "counted_seconds": 5400, "used": 0.0125,
        "similar": 6, "missed": 0, "undecided": 1,           clocks still running at this count; of them late, and open
        "of_service": false, "share": 0.0 or null,           null: of fewer than five similar ones it is decided
        "likely": false, "breached": false}],
     "forecast": [
       {"metric": "…", "month": "2026-11", "have": 16, "needed": 14, "smoothing": true,
        "so_far": 3 or null,                                 what the month has had by as_of; null: not begun
        "method": "naive" | "seasonal-naive" | "smoothing" or null, "value": 3.6 or null,
        "intervals": [{"level": 80, "low": 2.6, "high": 4.7}], "compared": 8,
        "trials": [{"method": "…", "mean_absolute": 0.6, "root_mean_square": 0.8, "months": 8,
                     "enough": true}]}],                     false: tried on too few months to be chosen
     "recurrence": [
       {"number": 1, "service": "…" or null, "incidents": ["…"], "terms": ["…"],
        "first": "…Z", "last": "…Z", "alike": 0.62}]}

`smoothing` is false where the extra `foresight` is not installed: then only the naive forecasts were tried.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from servicebook.commands._looking import utc
from servicebook.foresight.forecast import LEVELS, NEEDED, Forecast
from servicebook.foresight.recurrence import Recurring
from servicebook.foresight.risk import LEAST_SIMILAR, Risk
from servicebook.foresight.smoothing import EXTRA

METHODS = {
    "naive": "as many as last month",
    "seasonal-naive": "as many as in the same month a year before",
    "smoothing": "exponential smoothing",
}


def risk_content(risk: Risk) -> dict[str, Any]:
    """A running clock."""
    return {
        "record": risk.record,
        "service": risk.service,
        "priority": risk.priority,
        "measure": risk.measure,
        "agreement": risk.agreement,
        "due": utc(risk.due) if risk.due else None,
        "limit_seconds": risk.limit,
        "counted_seconds": risk.counted,
        "used": risk.used,
        "similar": risk.similar,
        "missed": risk.missed,
        "undecided": risk.undecided,
        "of_service": risk.of_service,
        "share": risk.share,
        "likely": risk.likely,
        "breached": risk.breached,
    }


def forecast_content(metric: str, found: Forecast) -> dict[str, Any]:
    """A forecast."""
    return {
        "metric": metric,
        "month": found.month,
        "have": len(found.history),
        "needed": NEEDED,
        "smoothing": found.smoothing,
        "so_far": found.so_far,
        "method": found.method,
        "value": found.value,
        "intervals": [
            {"level": level, "low": low, "high": high}
            for level, low, high in zip(LEVELS, found.low, found.high, strict=False)
        ],
        "compared": found.compared,
        "trials": [
            {
                "method": trial.method,
                "mean_absolute": trial.mean_absolute,
                "root_mean_square": trial.root_mean_square,
                "months": trial.months,
                "enough": trial.enough,
            }
            for trial in found.trials
        ],
    }


def recurrence_content(number: int, group: Recurring) -> dict[str, Any]:
    """A group of incidents, with the number that `--draft` takes."""
    return {
        "number": number,
        "service": group.service,
        "incidents": list(group.incidents),
        "terms": list(group.terms),
        "first": utc(group.first),
        "last": utc(group.last),
        "alike": group.alike,
    }


RISK_HEADER = ["record", "service", "priority", "target", "used", "due", "why"]


def risk_row(risk: Risk) -> list[str]:
    """A running clock, as a line of a table."""
    return [
        risk.record,
        risk.service or "",
        risk.priority or "",
        risk.measure,
        f"{100 * risk.used:.0f} %",
        utc(risk.due) if risk.due else "",
        _why(risk),
    ]


def forecast_lines(forecasts: Mapping[str, Forecast]) -> list[str]:
    """Each forecast in words, with how wrong its method and the others were."""
    lines = []
    for name, found in forecasts.items():
        if found.method is None or found.value is None:
            lines.append(f"{name}: no forecast. {len(found.history)} whole months are known, and {NEEDED} are needed.")
            continue
        ranges = [
            f"{low:.1f} to {high:.1f} ({level} %)"
            for level, low, high in zip(LEVELS, found.low, found.high, strict=True)
        ]
        lines.append(f"{name} in {found.month}: {found.value:.1f}; {', '.join(ranges)}. {METHODS[found.method]}.")
        if found.so_far is not None:
            lines.append(f"  {found.month} so far: {found.so_far:g}, which the forecast makes no use of")
        lines += [
            f"  {METHODS[trial.method]}: wrong by {trial.mean_absolute:.2f} on average over {trial.months} months"
            + ("" if trial.enough else ", too few to be chosen")
            for trial in found.trials
        ]
        if found.smoothing and found.method != "smoothing":
            lines.append("  Exponential smoothing did not do better, so it is not used.")
    if forecasts and not any(found.smoothing for found in forecasts.values()):
        lines.append(f'Exponential smoothing was not tried: python -m pip install "{EXTRA}"')
    return lines


def forecast_title(forecasts: Mapping[str, Forecast]) -> str:
    """The heading of the forecasts: all are of one month."""
    month = next((found.month for found in forecasts.values()), None)
    return f"What {month} may bring" if month else "Forecast"


RECURRENCE_HEADER = ["number", "service", "incidents", "from", "to", "alike", "shared", "ids"]


def recurrence_row(number: int, group: Recurring) -> list[str]:
    """A group of incidents, as a line of a table."""
    days = [utc(moment)[:10] for moment in (group.first, group.last)]
    ids: Sequence[str] = group.incidents
    return [
        str(number),
        group.service or "",
        str(len(ids)),
        *days,
        f"{group.alike:.2f}",
        ", ".join(group.terms),
        ", ".join(ids[:4]) + (f" and {len(ids) - 4} more" if len(ids) > 4 else ""),
    ]


def _why(risk: Risk) -> str:
    if risk.breached:
        return "past its limit"
    of = "of this service and priority" if risk.of_service else "of this priority, any service"
    if risk.share is None:
        known = risk.similar - risk.undecided
        return f"similar clocks known: {known}, and {LEAST_SIMILAR} are needed for an estimate"
    why = f"{risk.missed} of {risk.similar} {of} that came this far went past this limit"
    if not risk.undecided:
        return why
    return f"{why}, {risk.undecided} still may: {100 * risk.share:.0f} % (Kaplan-Meier)"
