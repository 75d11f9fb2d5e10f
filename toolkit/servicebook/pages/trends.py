"""Control charts in pages: one metric's course, drawn, judged and told in words."""

from dataclasses import dataclass
from typing import Final

from servicebook.foresight.control import LEAST, Control
from servicebook.foresight.points import months, overall
from servicebook.foresight.signals import Signal
from servicebook.foresight.trends import Trend, trend
from servicebook.metrics import Metric
from servicebook.pages import charts
from servicebook.pages.charts import Chart
from servicebook.pages.edition import Edition
from servicebook.pages.figures import Figures, shown, unit_name
from servicebook.pages.inert import visible

MOST_POINTS: Final = 24
"""Months that a control chart draws, the last ones; limits rest on the first ones all the same."""


@dataclass(frozen=True)
class Course:
    """A control chart as a page shows it.

    `mark` and `word` say in one word how it stands, `verdict` has a sentence for each rule that fired, `limits` says
    what the limits rest on; `chart` is None where there are none.
    """

    title: str
    mark: str
    word: str
    verdict: list[str]
    limits: str
    chart: Chart | None


def control_chart(metric: Metric, edition: Edition, figures: Figures) -> Course:
    """The control chart of a metric over the whole months of the book, for the page of the metric."""
    points = overall(metric, months(figures.study.facts), figures.measured)
    return course(trend(metric, points), visible(metric.title(edition.language)), edition)


def course(found: Trend, title: str, edition: Edition, *, draw: bool = True) -> Course:
    """A trend as a page shows it; without `draw` only in words."""
    control, words = found.control, edition.words
    if control.refused is not None:
        first, last = (control.points[place].month if control.points else "" for place in (0, control.baseline - 1))
        said = words.plain(
            f"control.refused-{control.refused}",
            have=len(control.points),
            needed=LEAST,
            count=control.baseline,
            first=first,
            last=last,
        )
        return Course(title, "left-out", words.plain("control.none"), [said], "", None)
    fired = bool(control.signals)
    return Course(
        title=title,
        mark="paused" if fired else "met",
        word=words.plain("control.changed" if fired else "control.steady"),
        verdict=[_told(signal, edition) for signal in control.signals],
        limits=_limits(found, edition),
        chart=_chart(found, title, edition) if draw else None,
    )


def _told(signal: Signal, edition: Edition) -> str:
    first, last = signal.months[0], signal.months[-1]
    span = first if first == last else edition.words.plain("control.span", first=first, last=last)
    return edition.words.plain(f"control.{signal.rule}", months=span)


def _limits(found: Trend, edition: Edition) -> str:
    """What the centre is, which limits are drawn, and from which months."""
    control, words, unit = found.control, edition.words, found.metric.unit
    baseline = control.points[: control.baseline]
    return words.plain(
        f"control.limits-{control.kind}",
        centre=shown(control.centre, unit, words),
        count=control.baseline,
        first=baseline[0].month,
        last=baseline[-1].month,
    )


def _chart(found: Trend, title: str, edition: Edition) -> Chart:
    control, words = found.control, edition.words
    assert control.centre is not None
    points, limits = control.points[-MOST_POINTS:], (control.low[-MOST_POINTS:], control.high[-MOST_POINTS:])
    fired = {month for signal in control.signals for month in signal.months}
    caption = words.plain("control.caption", title=title, unit=unit_name(found.metric.unit, words))
    values = {point.month: point.value for point in points}
    svg = charts.control(values, control.centre, limits, fired, caption)
    names = ("metric.month", "metric.value", "metric.used", "control.low", "control.high", "control.signal")
    return Chart(caption, svg, [words.plain(name) for name in names], _rows(control, edition, fired))


def _rows(control: Control, edition: Edition, fired: set[str]) -> list[list[str]]:
    number = edition.words.number
    bounds = zip(control.points, control.low, control.high, strict=True)
    yes = edition.words.plain("value.yes")
    return [
        [point.month, number(point.value), number(point.n), number(low), number(high), yes * (point.month in fired)]
        for point, low, high in bounds
    ][-MOST_POINTS:]
