"""The first page: the headline figures, two charts, what needs attention, and the ways into the book."""

from collections import Counter
from typing import Any

from markupsafe import Markup

from servicebook.metrics import Metric, Period
from servicebook.metrics.metric import FOLDER
from servicebook.pages import address, attention, charts
from servicebook.pages.charts import Chart, Series
from servicebook.pages.edition import Edition
from servicebook.pages.figures import Figures, shown, single
from servicebook.pages.groups import groups
from servicebook.pages.inert import visible
from servicebook.pages.measures import aggregate_name, chart
from servicebook.pages.study import Study

FLOW = ("incidents-opened", "incidents-closed")
ATTAINMENT = ("sla-response-attainment", "sla-resolution-attainment")
HEADLINES = (
    *ATTAINMENT, "availability", "time-to-restore", *FLOW, "backlog", "change-success", "satisfaction",
    "actions-on-time", "improvements-on-target", "audit-findings-open",
)  # fmt: skip
"""One or two of each part of service management; the others are a click away."""
MOST_ITEMS = 12


def body(edition: Edition, study: Study, figures: Figures) -> Markup:
    """The page's body."""
    period = figures.latest
    config = study.book.config
    own = (name for name, metric in study.metrics.items() if metric.path.startswith(f"{FOLDER}/"))
    names = [name for name in dict.fromkeys((*HEADLINES, *own)) if name in study.metrics]
    items = attention.items(study)
    counts = Counter(record.kind.name for record in study.book.all)
    return edition.render(
        "home.html",
        address.HOME,
        organisation=config.organisation,
        description=config.description,
        period=period,
        before=figures.before(period) if period else None,
        figures=[_figure(study.metrics[name], period, edition, figures) for name in names] if period else [],
        charts=[
            found
            for found in (
                _together(FLOW, "home.flow", edition, study, figures),
                _together(ATTAINMENT, "home.attainment", edition, study, figures),
            )
            if found
        ],
        attention=items[:MOST_ITEMS],
        more=max(0, len(items) - MOST_ITEMS),
        findings=len(study.report.findings),
        all_metrics=len(study.metrics),
        groups=[
            (title, [(kind.plural(edition.language), address.register_page(kind), counts[kind.name]) for kind in kinds])
            for title, kinds in groups(edition)
        ],
    )


def _figure(metric: Metric, period: Period, edition: Edition, figures: Figures) -> dict[str, Any]:
    """One headline figure with what was agreed and how it went since the period before."""
    words = edition.words
    aggregate = "median" if "median" in metric.aggregates else metric.aggregates[0]
    before = figures.before(period)
    now, then = single(figures.of(metric, period), aggregate), single(figures.of(metric, before), aggregate)
    if not figures.of(metric, before).groups[0].rows and metric.aggregates[0] not in ("count", "sum"):
        then = None
    title = visible(metric.title(edition.language))
    value, _, unit = shown(now, metric.unit, words).partition(" ")
    way = metric.way(then, now)
    return {
        "page": address.metric_page(metric.name),
        "title": f"{title} ({aggregate_name(aggregate, edition)})" if len(metric.aggregates) > 1 else title,
        "value": value,
        "unit": unit,
        **_agreement(metric, period, edition, figures),
        "trend": words.plain(f"trend.{way}", before=shown(then, metric.unit, words)),
        "way": way,
    }


def _agreement(metric: Metric, period: Period, edition: Edition, figures: Figures) -> dict[str, Any]:
    """What SLAs agree for the metric, and how many of their targets were held; empty where none was tested."""
    agreed, (held, tested) = figures.agreed(metric), figures.held(metric, period)
    if not agreed or not tested:
        return {"agreed": "", "below": False}
    levels = " – ".join(shown(level, metric.unit, edition.words) for level in sorted({agreed[0], agreed[-1]}))
    return {"agreed": edition.words.plain("home.held", target=levels, held=held, all=tested), "below": held < tested}


def _together(names: tuple[str, ...], title: str, edition: Edition, study: Study, figures: Figures) -> Chart | None:
    """Several metrics of one unit in one chart."""
    metrics = [study.metrics[name] for name in names if name in study.metrics]
    months = figures.months[-charts.MOST_MONTHS :]
    if not metrics or len(months) < 2:
        return None
    series = [
        Series(
            visible(one.title(edition.language)),
            [single(figures.of(one, month), one.aggregates[0]) for month in months],
        )
        for one in metrics
    ]
    return chart(edition.words.plain(title), metrics[0], [month.label for month in months], series, edition)
