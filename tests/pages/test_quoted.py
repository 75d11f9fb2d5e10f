"""A quoted figure on a page leads to its metric, and says in words whether the book still gives it."""

import pytest

from building import CONFIGURATION, Book
from servicebook.pages.edition import Edition
from servicebook.pages.quoted import RULE, bound
from servicebook.pages.study import read_study
from servicebook.pages.views import Scene, service_report
from servicebook.rules import named
from servicebook.tree import open_tree


@pytest.mark.parametrize(
    ("heading", "language", "state", "word"),
    [
        ("Right", "en", "met", "the book gives it"),
        ("Wrong", "en", "breached", "the book does not give it now"),
        ("Wrong", "zh", "breached", "与现有记录不符"),
    ],
)
def test_a_figure_says_whether_the_book_gives_it(
    book: Book, heading: str, language: str, state: str, word: str
) -> None:
    scene = staged(book, heading, language)
    (figure,) = bound(scene.study.book.by_id["SRP-20260409-n2wy"], scene).values()
    assert (figure.state, figure.word) == (state, word)
    assert 'href="../../metrics/incidents-opened.html"' in figure.metric


def test_where_nobody_looks_nothing_is_said(book: Book) -> None:
    scene = staged(book, "Wrong", "en", f'\n[rules.{RULE}]\nseverity = "off"\nreason = "A test."\n')
    (figure,) = bound(scene.study.book.by_id["SRP-20260409-n2wy"], scene).values()
    assert (figure.state, figure.word) == ("", "")


def test_a_metric_that_there_is_not_is_named_and_not_linked(book: Book) -> None:
    scene = staged(book, "Right", "en", change=("incidents-opened", "no-<such>-metric"))
    view = service_report.view(scene.study.book.by_id["SRP-20260409-n2wy"], scene)
    assert view["figures"][0]["bound"].metric == "<code>no-&lt;such&gt;-metric</code>"
    assert view["figures"][0]["bound"].state == "breached"


def staged(book: Book, heading: str, language: str, more: str = "", change: tuple[str, str] = ("", "")) -> Scene:
    book.write("servicebook.toml", CONFIGURATION + more)
    for path, text in named(RULE).examples(heading):
        book.write(path, text.replace(*change) if change[0] else text)
    book.commit("The example.", at="2026-06-30T12:00:00+02:00")
    study = read_study(open_tree(book.root))
    edition = Edition(language, study.book)
    return Scene(edition, edition.place("records/service-reports/SRP-20260409-n2wy.html"), study)
