"""One language of the site: its words, its templates, and how a record is named and linked in it."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from servicebook.book import Book
from servicebook.clock import zone
from servicebook.pages import address
from servicebook.pages.fields import Outline
from servicebook.pages.inert import prose, visible
from servicebook.pages.words import Words
from servicebook.standards import HOME, read_standards

TEMPLATES = Path(__file__).parent / "templates"


class Place:
    """A page's place: the way to the root from it, and links as they are written there."""

    def __init__(self, edition: "Edition", root: str) -> None:
        self.root = root
        self._edition = edition
        self._anchors: dict[str, Markup] = {}
        self.outline = Outline(edition.words, self.link)

    def link(self, record_id: str) -> Markup:
        """An anchor with the record's title and id; the id alone where the book does not have it."""
        if record_id not in self._anchors:
            self._anchors[record_id] = self._anchor(record_id)
        return self._anchors[record_id]

    def _anchor(self, record_id: str) -> Markup:
        record = self._edition.book.by_id.get(record_id)
        if record is None or not address.has_page(record):
            missing = self._edition.words("record.missing")
            return Markup('<code>{}</code> <span class="sb-missing">({})</span>').format(visible(record_id), missing)
        href = self.root + address.record_page(record)
        return Markup('<a class="sb-ref" href="{}"><bdi>{}</bdi> <code>{}</code></a>').format(
            href, visible(record.title), record.id
        )

    def clauses(self, numbers: Iterable[str]) -> Markup:
        """Clauses of ISO/IEC 20000-1, each an anchor to its page; a number below the lowest leads to that above it."""
        return Markup(", ").join(self._clause(number) for number in numbers)

    def _clause(self, number: str) -> Markup:
        known = number
        while known not in self._edition.clauses and "." in known:
            known = known.rpartition(".")[0]
        if known not in self._edition.clauses:
            return escape(visible(number))
        return Markup('<a href="{}">{}</a>').format(self.root + address.coverage_page(HOME, known), visible(number))


class Edition:
    """What is needed to write any page in one language."""

    def __init__(self, language: str, book: Book) -> None:
        self.language = language
        self.book = book
        self.words = Words(language, zone(book.config.zone))
        self._places: dict[str, Place] = {}
        self._templates = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals.update(t=self.words, visible=visible, prose=prose, address=address)

    @cached_property
    def clauses(self) -> frozenset[str]:
        """The numbers of the clauses of ISO/IEC 20000-1 that have a page."""
        return frozenset(read_standards(self.book.tree)[HOME].clauses)

    def place(self, page: str) -> Place:
        """The place of a page. Pages of equal depth share one."""
        root = address.root_from(page)
        if root not in self._places:
            self._places[root] = Place(self, root)
        return self._places[root]

    def render(self, template: str, page: str, **context: Any) -> Markup:
        """A body for the page at an address. Whatever the context holds is escaped unless it is Markup."""
        place = self.place(page)
        html = self._templates.get_template(template).render(
            root=place.root, link=place.link, clauses=place.clauses, **context
        )
        return Markup(html)  # noqa: S704 — the template escaped it

    def word(self, titles: Mapping[str, Any], default: str) -> str:
        """The title that a schema's keyword pair `x-title` and `title` gives in this language."""
        return str(titles.get("x-title", {}).get(self.language) or titles.get("title") or default)


def bdi(text: str) -> Markup:
    """Record text whose reading direction stays its own."""
    return Markup("<bdi>{}</bdi>").format(escape(visible(text)))
