"""Figures that a record quotes: the page of the metric that each comes from, and whether the book still gives it."""

from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from servicebook.finding import Finding
from servicebook.pages import address
from servicebook.pages.inert import visible
from servicebook.pages.views import Scene
from servicebook.quotes import Quote, quotes
from servicebook.record import Record
from servicebook.rules import named
from servicebook.source import Pointer
from servicebook.validation.grading import severity

RULE: Final = "quoted-figure-differs"


@dataclass(frozen=True, slots=True)
class Bound:
    """A quoted figure on a page. `about` is what it is limited to, `metric` the way to its definition; `state` is met
    where the book gives it, breached where it does not, and "" where nobody asked; `word` says that in words."""

    about: Markup
    metric: Markup
    state: str
    word: str


def bound(record: Record, scene: Scene) -> dict[Pointer, Bound]:
    """The figures of a record that name a metric, by their places in it."""
    if not record.valid:
        return {}
    asked = severity(named(RULE), scene.study.book.config) is not None
    found = [*scene.study.findings.get(record.path, ()), *_suppressed(record, scene)]
    wrong = {(one.line, one.column) for one in found if one.rule == RULE}
    return {tuple(quote.pointer): _bound(record, quote, scene, wrong if asked else None) for quote in quotes(record)}


def _suppressed(record: Record, scene: Scene) -> list[Finding]:
    return [one.finding for one in scene.study.suppressed.get(record.path, ())]


def _bound(record: Record, quote: Quote, scene: Scene, wrong: set[tuple[int, int]] | None) -> Bound:
    place, words = scene.place, scene.edition.words
    about = [
        place.link(name) if name in scene.study.book else Markup.escape(visible(name)) for name in quote.by.values()
    ]
    stands = {record.place((*quote.pointer, field)) for field in ("metric", "value", "n")}
    state = "" if wrong is None else "breached" if stands & wrong else "met"
    word = words.plain(f"figure.{'differs' if state == 'breached' else 'same'}") if state else ""
    return Bound(Markup(", ").join(about), _metric(quote, scene), state, word)


def _metric(quote: Quote, scene: Scene) -> Markup:
    """An anchor to the metric's page; the name alone where the book does not have it."""
    metric = scene.study.metrics.get(quote.metric)
    if metric is None:
        return Markup("<code>{}</code>").format(visible(quote.metric))
    href = scene.place.root + address.metric_page(metric.name)
    return Markup('<a href="{}">{}</a>').format(href, visible(metric.title(scene.edition.language)))
