"""The page of trends and foresight: what changed, what is expected, what may be missed, and what keeps coming back."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from markupsafe import Markup

from servicebook.foresight.forecast import LEVELS, NEEDED, Forecast, forecasts
from servicebook.foresight.points import months, overall
from servicebook.foresight.recurrence import THRESHOLD, Recurring, recurring
from servicebook.foresight.risk import LEAST_SIMILAR, Risk, risks
from servicebook.foresight.seasonal import SEASONS, seasons, weekdays, years
from servicebook.foresight.smoothing import EXTRA
from servicebook.foresight.trends import Trend, trends
from servicebook.metrics import Metric
from servicebook.pages import address, charts
from servicebook.pages.charts import Chart
from servicebook.pages.edition import Edition, Place
from servicebook.pages.figures import Figures, shown, unit_name
from servicebook.pages.inert import visible
from servicebook.pages.trends import Course, course

OPENED: Final = "incidents-opened"
BY_SERVICE: Final = (OPENED, "sla-resolution-attainment")
"""Metrics that are also charted for each service."""

MOST_CHARTS: Final = 6
MOST_RISKS: Final = 50
MOST_GROUPS: Final = 20


def body(edition: Edition, figures: Figures, metrics: Mapping[str, Metric]) -> Markup:
    """The page."""
    outlook = _outlook(figures)
    place = edition.place(address.FORESIGHT)
    over = outlook.months
    return edition.render(
        "foresight.html",
        address.FORESIGHT,
        span=(over[0].label, over[-1].label) if over else None,
        rows=[_trend_row(trend, edition, place) for trend in outlook.trends],
        courses=list(_courses(outlook, edition)),
        season=_season(outlook, edition),
        weekdays=[(edition.words.plain(f"weekday.{day.day}"), day) for day in weekdays(outlook.facts)],
        month=next((found.month for found in outlook.forecasts.values()), None),
        forecasts=[_forecast(metrics[name], found, edition) for name, found in outlook.forecasts.items()],
        extra=EXTRA,
        smoothing=all(found.smoothing for found in outlook.forecasts.values()),
        risks=[_risk(risk, edition, place) for risk in outlook.risks[:MOST_RISKS]],
        risks_left=max(0, len(outlook.risks) - MOST_RISKS),
        groups=[_group(number, group, place) for number, group in enumerate(outlook.groups[:MOST_GROUPS], 1)],
        threshold=THRESHOLD,
        as_of=figures.as_of,
    )


class Outlook:
    """What all languages of the page tell, worked out once."""

    def __init__(self, figures: Figures) -> None:
        self.book = figures.study.book
        self.facts = figures.study.facts
        self.metrics = figures.study.metrics
        self.months = months(self.facts)
        self.trends = [
            trend for metric in self.metrics.values() for trend in trends(metric, self.months, figures.measured)
        ]
        self.of_services = [
            trend
            for name in BY_SERVICE
            if name in self.metrics
            for trend in trends(self.metrics[name], self.months, figures.measured, "service")
        ]
        self.opened = overall(self.metrics[OPENED], self.months, figures.measured)
        self.forecasts: dict[str, Forecast] = forecasts(self.facts, self.metrics, figures.measured)
        self.risks: list[Risk] = risks(self.facts)
        self.groups: list[Recurring] = recurring(self.book, self.facts)


@lru_cache(maxsize=1)
def _outlook(figures: Figures) -> Outlook:
    return Outlook(figures)


def _trend_row(trend: Trend, edition: Edition, place: Place) -> dict[str, Any]:
    """A metric in the table of all: how it stands, and where its page is."""
    told = course(trend, visible(trend.metric.title(edition.language)), edition, draw=False)
    return {
        "course": told,
        "href": place.root + address.metric_page(trend.metric.name),
        "latest": _latest(trend, edition),
    }


def _latest(trend: Trend, edition: Edition) -> str:
    points = trend.control.points
    return f"{shown(points[-1].value, trend.metric.unit, edition.words)} ({points[-1].month})" if points else "–"


def _courses(outlook: Outlook, edition: Edition) -> Iterator[Course]:
    """Charts of the incidents opened and of what fired: first the metrics as a whole, then by service."""
    opened = [trend for trend in outlook.trends if trend.metric.name == OPENED]
    fired = [trend for trend in (*outlook.trends, *outlook.of_services) if trend.control.signals]
    found = [*opened, *(trend for trend in fired if trend not in opened)]
    for trend in found[:MOST_CHARTS]:
        title = visible(trend.metric.title(edition.language))
        if trend.key is not None:
            record = outlook.book.by_id.get(trend.key)
            title = f"{title}: {visible(record.title if record else trend.key)}"
        yield course(trend, title, edition)


def _season(outlook: Outlook, edition: Edition) -> dict[str, Any]:
    """The last twelve months beside those a year before."""
    number = edition.words.number
    return {
        "title": visible(outlook.metrics[OPENED].title(edition.language)),
        "known": seasons(outlook.opened),
        "needed": SEASONS,
        "rows": [
            (
                year.month,
                number(year.value),
                "–" if year.before is None else number(year.before),
                _signed(year.difference, edition),
            )
            for year in years(outlook.opened)
        ],
    }


def _signed(difference: float | None, edition: Edition) -> str:
    """A difference with its sign; nought has none."""
    if difference is None:
        return "–"
    sign = "+" if difference > 0 else "−" if difference < 0 else ""
    return sign + edition.words.number(abs(difference))


def _forecast(metric: Metric, found: Forecast, edition: Edition) -> dict[str, Any]:
    """A forecast with its chart, or what is lacking for one."""
    words, title = edition.words, visible(metric.title(edition.language))
    told: dict[str, Any] = {"title": title, "found": found, "needed": NEEDED, "have": len(found.history)}
    if found.method is None or found.value is None:
        return told | {"chart": None}
    caption = words.plain("foresight.caption", title=title, unit=unit_name(metric.unit, words), month=found.month)
    ranges = list(zip(found.low, found.high, strict=True))
    history = {point.month: point.value for point in found.history[-charts.MOST_MONTHS + 1 :]}
    rows = [[month, words.number(value)] for month, value in history.items()]
    rows.append([found.month, words.number(found.value)])
    columns = [words.plain("metric.month"), words.plain("metric.value")]
    svg = charts.expected(history, found.month, found.value, ranges, caption)
    return told | {
        "chart": Chart(caption, svg, columns, rows),
        "value": words.number(found.value),
        "so_far": None if found.so_far is None else words.number(found.so_far),
        "ranges": [
            (level, words.number(low), words.number(high)) for level, (low, high) in zip(LEVELS, ranges, strict=True)
        ],
        "trials": [
            (words.plain(f"foresight.{trial.method}"), words.number(trial.mean_absolute, 2), trial.months, trial.enough)
            for trial in found.trials
        ],
    }


def _risk(risk: Risk, edition: Edition, place: Place) -> dict[str, Any]:
    """A running clock in words."""
    words = edition.words
    if risk.breached:
        why = words("foresight.why-breached")
    elif risk.share is None:
        why = words("foresight.why-few", similar=risk.similar - risk.undecided, needed=LEAST_SIMILAR)
    else:
        name = "foresight.why-service" if risk.of_service else "foresight.why-priority"
        why = words(name, missed=risk.missed, similar=risk.similar)
        if risk.undecided:
            share = words.number(100 * risk.share, 0)
            why = why + " " + words("foresight.why-undecided", undecided=risk.undecided, share=share)
    state = "breached" if risk.breached else "likely" if risk.likely else "running"
    return {
        "record": place.link(risk.record),
        "priority": risk.priority or "–",
        "measure": words.plain(f"clock.{risk.measure}") if words.has(f"clock.{risk.measure}") else risk.measure,
        "used": words.number(100 * risk.used, 0),
        "counted": words.span(risk.counted),
        "limit": words.span(risk.limit),
        "due": words.instant(risk.due) if risk.due else "–",
        "why": why,
        "mark": {"breached": "breached", "likely": "paused", "running": "running"}[state],
        "word": words.plain(f"foresight.{state}"),
    }


def _group(number: int, group: Recurring, place: Place) -> dict[str, Any]:
    """A group of recurring incidents."""
    return {
        "number": number,
        "service": place.link(group.service) if group.service is not None else None,
        "incidents": [place.link(name) for name in group.incidents],
        "terms": [visible(term) for term in group.terms],
        "first": group.first,
        "last": group.last,
        "alike": f"{group.alike:.2f}",
    }
