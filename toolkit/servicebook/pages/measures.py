"""The pages of the metrics: definition, calculation, figures by month, what was counted and what was left out."""

from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from servicebook.kinds import title_of
from servicebook.metrics import DETAILS, GROUPS, Group, Measure, Metric, Period, Row
from servicebook.metrics.aggregate import RATIO
from servicebook.metrics.rounding import digits
from servicebook.pages import address, charts
from servicebook.pages.charts import Chart, Series
from servicebook.pages.edition import Edition, Place
from servicebook.pages.figures import Figures, shown, single, unit_name
from servicebook.pages.inert import visible
from servicebook.pages.trends import control_chart

DIMENSIONS = ("service", "priority")
MOST_ROWS = 500
"""Records listed behind one figure; above it the page says how to have them all."""


def index(edition: Edition, figures: Figures, metrics: dict[str, Metric]) -> Markup:
    """Every metric with its definition and its latest figure."""
    period = figures.latest
    place = edition.place(address.METRICS)
    groups = []
    for name in (*GROUPS, ""):
        rows = []
        for metric in (metric for metric in metrics.values() if metric.group == name):
            measured = figures.of(metric, period) if period else None
            value = _values(measured, metric, edition) if measured else "–"
            held = judged(measured.groups[0], metric, edition, place) if measured else None
            rows.append((metric, _first_sentence(metric.defined(edition.language)), value, held))
        if rows:
            heading = name or "other"
            groups.append((heading, edition.words.plain(f"subject.{heading}"), rows))
    return edition.render("metrics.html", address.METRICS, groups=groups, period=period, language=edition.language)


def _first_sentence(text: str) -> str:
    """As much of a definition as tells one metric from another; its page has the whole."""
    ends = [place for end in (". ", "。") if (place := text.find(end)) > 0]
    return text[: min(ends) + 1] if ends else text


def body(metric: Metric, edition: Edition, figures: Figures) -> Markup:
    """The page of one metric."""
    page = address.metric_page(metric.name)
    period = figures.latest
    measured = figures.of(metric, period) if period else None
    rows = _worst_first(measured.groups[0].rows, metric) if measured else []
    details = [name for name in DETAILS if any(name in row.details for row in rows)]
    place = edition.place(page)
    return edition.render(
        "metric.html",
        page,
        metric=metric,
        title=visible(metric.title(edition.language)),
        definition=visible(metric.defined(edition.language)),
        source=visible(metric.sourced(edition.language)),
        unit=unit_name(metric.unit, edition.words),
        aggregates=[aggregate_name(name, edition) for name in metric.aggregates],
        headings=_headings(metric, edition),
        chart=_chart(metric, edition, figures),
        course=control_chart(metric, edition, figures) if period else None,
        months=_months(metric, edition, figures),
        period=period,
        headline=_headline(measured, metric, edition) if measured else [],
        group=measured.groups[0] if measured else None,
        judged=judged(measured.groups[0], metric, edition, place) if measured else None,
        interval=_interval(measured.groups[0], edition) if measured else "",
        breakdowns=_breakdowns(metric, period, edition, figures) if period else [],
        details=[edition.words.plain(f"metric.{name}") for name in details],
        counted=[
            (row.id, _details(row, details, place), *_value(row, metric, edition))
            for row in [row for row in rows if row.left_out is None][:MOST_ROWS]
        ],
        yes_no=metric.aggregates == ("share",),
        as_of=figures.as_of,
        left_out=[
            (row.id, _details(row, details, place), row.left_out)
            for row in [row for row in rows if row.left_out is not None][:MOST_ROWS]
        ],
        most=MOST_ROWS,
    )


def _headings(metric: Metric, edition: Edition) -> list[str]:
    """Headings of the columns of figures, with the unit."""
    unit = unit_name(metric.unit, edition.words)
    names = (
        [aggregate_name(name, edition) for name in metric.aggregates]
        if len(metric.aggregates) > 1
        else [edition.words.plain("metric.value")]
    )
    return [visible(f"{name} ({unit})") for name in names]


def aggregate_name(name: str, edition: Edition) -> str:
    """What an aggregate is called: mean, median, 90th percentile."""
    if edition.words.has(f"aggregate.{name}"):
        return edition.words.plain(f"aggregate.{name}")
    return edition.words.plain("aggregate.percentile", percent=name.removeprefix("p"))


def _values(measured: Measure, metric: Metric, edition: Edition) -> str:
    """All figures of a measure in a line: 4.2 h mean, 3.1 h median."""
    if len(metric.aggregates) == 1:
        return shown(single(measured, metric.aggregates[0]), metric.unit, edition.words)
    return ", ".join(
        f"{aggregate_name(name, edition)} {shown(single(measured, name), metric.unit, edition.words)}"
        for name in metric.aggregates
    )


def _headline(measured: Measure, metric: Metric, edition: Edition) -> list[tuple[str, str, str]]:
    """Each figure with its unit and, where there are several, what it is called."""
    many = len(metric.aggregates) > 1
    return [
        (
            _plain(single(measured, name), metric, edition),
            visible(unit_name(metric.unit, edition.words)),
            aggregate_name(name, edition) if many else "",
        )
        for name in metric.aggregates
    ]


def judged(group: Group, metric: Metric, edition: Edition, place: Place) -> dict[str, Any] | None:
    """What the first figure is held against, whether it holds as a state and in words, and where that is said."""
    target = group.target
    if target is None:
        return None
    state = "left-out" if target.met is None else "met" if target.met else "breached"
    words = edition.words
    value = shown(target.value, metric.unit, words)
    return {
        "state": state,
        "word": words.plain(f"target.{state}"),
        "target": words.plain(f"target.{target.direction}", value=value),
        "sources": [place.link(source) for source in target.sources],
    }


def _interval(group: Group, edition: Edition) -> str:
    """How far an estimate may be off."""
    found, words = group.interval, edition.words
    if found is None:
        return ""
    low, high, level = words.number(found.low), words.number(found.high), words.number(100 * found.level)
    return words.plain("metric.interval", low=low, high=high, level=level, method=found.method)


def _plain(value: float | int | None, metric: Metric, edition: Edition) -> str:
    """A figure without its unit."""
    return "–" if value is None else edition.words.number(value, digits(value, metric.unit))


def _worst_first(rows: list[Row], metric: Metric) -> list[Row]:
    """Of a ratio the rows that make it worse come first, those that are part of no quotient last."""
    if metric.aggregates[0] != RATIO or metric.better == "neither":
        return rows
    sign = 1 if metric.better == "higher" else -1

    def place(row: Row) -> tuple[bool, float]:
        quotient = _quotient(row)
        return (True, 0) if quotient is None else (False, sign * quotient)

    return sorted(rows, key=place)


def _quotient(row: Row) -> float | None:
    return row.value / row.of if row.value is not None and row.of else None


def _details(row: Row, names: Sequence[str], place: Place) -> list[Markup]:
    """What else is known of a row, a cell for each name; records as links."""
    cells = []
    for name in names:
        parts = [part for part in row.details.get(name, "").split(", ") if part]
        linked = name in ("sla", "outages")
        cells.append(Markup(", ").join(place.link(part) if linked else visible(part) for part in parts))
    return cells


def _value(row: Row, metric: Metric, edition: Edition) -> tuple[str, float | int | None]:
    """The value of a row as text, and as a number to sort by; of a ratio the quotient, and what it is made of."""
    words, value = edition.words, row.value
    if metric.aggregates == ("share",) and value in (0, 1):
        return words.plain("value.yes" if value else "value.no"), value
    if value is None:
        return "–", value
    if row.of is None:
        return words.number(value, 2), value
    quotient = _quotient(row)
    part = value / 100 if metric.unit == "percent" else value  # its query multiplies it
    return f"{_plain(quotient, metric, edition)} ({words.number(part, 2)} / {words.number(row.of, 2)})", quotient


def _chart(metric: Metric, edition: Edition, figures: Figures) -> Chart | None:
    """The last months as bars where things are counted, else as lines."""
    months = figures.months[-charts.MOST_MONTHS :]
    if len(months) < 2:
        return None
    title = visible(metric.title(edition.language))
    series = [
        Series(
            aggregate_name(name, edition) if len(metric.aggregates) > 1 else title,
            [single(figures.of(metric, month), name) for month in months],
        )
        for name in metric.aggregates[: len(charts.COLOURS)]
    ]
    return chart(title, metric, [month.label for month in months], series, edition, figures.agreed(metric))


def chart(
    title: str,
    metric: Metric,
    months: Sequence[str],
    series: Sequence[Series],
    edition: Edition,
    agreed: Sequence[float] = (),
) -> Chart:
    """A chart of figures in the metric's unit, with its table."""
    counts = metric.aggregates[0] in ("count", "sum")
    level = agreed[0] if len(agreed) == 1 else None
    caption = f"{title} ({unit_name(metric.unit, edition.words)})"
    if level is not None:
        caption += f". {edition.words.plain('home.target', target=shown(level, metric.unit, edition.words))}"
    top = 100.0 if metric.unit == "percent" else None
    svg = (
        charts.bars(months, series, caption) if counts else charts.lines(months, series, caption, top=top, agreed=level)
    )
    rows = [
        [month, *(_plain(value, metric, edition) for value in values)]
        for month, *values in zip(months, *(one.values for one in series), strict=True)
    ]
    return Chart(caption, svg, [edition.words.plain("metric.month"), *(one.title for one in series)], rows)


def _months(metric: Metric, edition: Edition, figures: Figures) -> list[dict[str, Any]]:
    """The table by month, newest first."""
    found = []
    for month in reversed(figures.months):
        measured = figures.of(metric, month)
        group = measured.groups[0]
        found.append(
            {
                "month": month.label,
                "values": [_plain(group.values[name], metric, edition) for name in metric.aggregates],
                "n": group.n,
                "left_out": sum(group.left_out.values()),
                "running": not measured.complete,
            }
        )
    return found


def _breakdowns(metric: Metric, period: Period, edition: Edition, figures: Figures) -> list[dict[str, Any]]:
    """The latest period by service and by priority, as far as the metric knows them."""
    kind = edition.book.kinds.get("incident")
    place = edition.place(address.metric_page(metric.name))
    found = []
    for dimension in DIMENSIONS:
        if dimension not in figures.dimensions(metric):
            continue
        own = title_of(kind.property((dimension,)), edition.language, "") if kind else ""
        rows = []
        for group in figures.of(metric, period, dimension).groups:
            key = group.key[dimension]
            shown_key = (
                edition.words("value.none")
                if key is None
                else place.link(key)
                if key in edition.book
                else Markup.escape(visible(key))
            )
            rows.append(
                (
                    shown_key,
                    [_plain(group.values[name], metric, edition) for name in metric.aggregates],
                    group.n,
                    sum(group.left_out.values()),
                    judged(group, metric, edition, place),
                )
            )
        title = own or edition.words.plain(f"register.{dimension}")
        found.append({"title": title, "rows": rows, "judged": any(row[-1] for row in rows)})
    return found
