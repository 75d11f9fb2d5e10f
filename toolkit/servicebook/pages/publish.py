"""The order of work: study the book once, let the builder make prose and frames, set every body in, move into place.

Nothing under the old site is touched until the new one is whole. The result is a function of the tree, the
instant and the versions of the tools; `built.py` writes them onto a page.
"""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from servicebook.kinds import Kind
from servicebook.pages import address, builder, built, guides, home, measures, records, registers, rules, search
from servicebook.pages.edition import Edition
from servicebook.pages.figures import Figures
from servicebook.pages.frame import Frame, SiteWords, finish
from servicebook.pages.inert import visible
from servicebook.pages.study import Study, read_study
from servicebook.pages.words import labels
from servicebook.record import Record
from servicebook.registry import shipped
from servicebook.rules import read_rules
from servicebook.tree import Tree
from servicebook.validation.workers import map_in_processes

WORKSHOP = "build"
"""Where the Markdown and the builder's output lie, below the root of the book."""

Part = registers.Part


@dataclass(frozen=True)
class Published:
    """What was published: the folder, how many pages, and the languages."""

    site: Path
    pages: int
    languages: tuple[str, ...]


def publish(tree: Tree, as_of: str | None = None, out: Path | None = None, languages: Sequence[str] = (), processes: int = 0) -> Published:
    """Publishes the book of a tree into `build/site`, unless told otherwise. Raises `Problem`.

    `as_of` is an instant or a date; without it the latest event or the commit, whichever is later. Without
    `languages` those of servicebook.toml; without `processes` as many as there are processors.
    """
    builder.require()
    for language in languages:
        labels(language)  # a misspelt one is told before the work begins
    workshop = tree.root / WORKSHOP
    out = out or workshop / "site"
    study = read_study(tree, as_of)
    if tree.commit is not None:
        processes = 1  # one process reads git's objects, and it cannot be shared
    editions = [Edition(language, study.book) for language in languages or study.book.config.languages]
    site = _build(study, editions, workshop, processes)
    pages = sum(1 for _ in site.rglob("*.html"))
    _move(site, out)
    return Published(out, pages, tuple(edition.language for edition in editions))


def _build(study: Study, editions: Sequence[Edition], workshop: Path, processes: int) -> Path:
    """The whole site, in a folder aside."""
    shutil.rmtree(workshop / "docs", ignore_errors=True)
    names = {edition.language: labels(edition.language)["language.name"] for edition in editions}
    epoch = int(study.as_of.timestamp())
    running = []
    for edition in editions:
        source = _source(edition, study, workshop / "docs" / edition.language)
        switches = {name: edition.words.plain(f"theme.{name}") for name in ("auto", "light", "dark")}
        running.append(builder.Build(builder.configuration(source, names, switches), workshop, epoch))
    figures = Figures(study)
    sites = [build.wait() for build in running]
    for edition, site in zip(editions, sites, strict=True):
        _fill(edition, study, figures, site, processes)
    for edition, site in zip(editions[1:], sites[1:], strict=True):
        shutil.move(site, sites[0] / edition.language)
    return sites[0]


def _source(edition: Edition, study: Study, folder: Path) -> builder.Source:
    """The Markdown of one language: prose as it is, everything that holds records as a frame."""
    words = edition.words
    source = builder.Source(edition.language, folder)
    shutil.copytree(shipped("site") / "assets", folder / "assets")
    kinds = list(edition.book.kinds.values())
    source.page(words.plain("nav.home"), "index.md")
    source.section(words.plain("nav.records"), [(kind.plural(edition.language), _md(address.register_page(kind))) for kind in kinds])
    source.section(
        words.plain("nav.metrics"),
        [(words.plain("nav.all-metrics"), _md(address.METRICS)), *((metric.title(edition.language), _md(address.metric_page(name))) for name, metric in study.metrics.items())],
    )
    source.section(
        words.plain("nav.rules"), [(words.plain("nav.all-rules"), _md(address.RULES)), *((name, _md(address.rule_page(name))) for name in read_rules())]
    )
    source.section(words.plain("nav.book"), [(words.plain("nav.reading"), _md(address.READING)), (words.plain("nav.built"), _md(address.BUILT))])
    source.frame("index.md", hide=("toc", "navigation"))
    for page in (address.METRICS, address.RULES, address.BUILT, *map(address.register_page, kinds), *map(address.metric_page, study.metrics)):
        source.frame(_md(page))
    for rule in read_rules().values():
        source.write(_md(address.rule_page(rule.name)), rules.markdown(rule))
    source.write(_md(address.READING), guides.reading(edition))
    return source


class _Filler:
    """Sets bodies into the frames of one built language, and finishes the pages that need none."""

    def __init__(self, edition: Edition, study: Study, site: Path) -> None:
        config = edition.book.config
        self.edition = edition
        self.site = site
        footer = edition.words("footer.made", revision=built.short_revision(edition, study), as_of=edition.words.instant(study.as_of))
        self._words = SiteWords(visible(config.organisation), visible(config.description), footer)
        self.frames: dict[str, Frame] = {}

    def frame(self, page: str) -> Frame:
        if page not in self.frames:
            self.frames[page] = Frame.read(self.site / page, self._words)
        return self.frames[page]

    def write(self, page: str, title: str, body: Markup, *, frame: str = "") -> None:
        """A page of the frame that stands at its own address, or at that of another page."""
        path = self.site / page
        path.write_bytes(self.frame(frame or page).fill(title=title, body=body, here=page))

    def finish(self, page: str) -> None:
        """A page of prose."""
        path = self.site / page
        path.write_bytes(finish(path.read_text(encoding="utf-8"), self._words, page))


def _fill(edition: Edition, study: Study, figures: Figures, site: Path, processes: int) -> None:
    filler = _Filler(edition, study, site)
    words = edition.words
    pages = [
        (address.HOME, words.plain("nav.home"), home.body(edition, study, figures)),
        (address.METRICS, words.plain("nav.metrics"), measures.index(edition, figures, study.metrics)),
        (address.RULES, words.plain("nav.rules"), rules.index(edition, study)),
        (address.BUILT, words.plain("nav.built"), built.body(edition, study)),
        *((address.metric_page(name), metric.title(edition.language), measures.body(metric, edition, figures)) for name, metric in study.metrics.items()),
    ]
    entries = [search.entry(page, title, "") for page, title, _ in pages]
    for page, title, body in pages:
        filler.write(page, title, body)
    for kind in edition.book.kinds.values():
        entries += _registers(kind, filler, study)
        entries += _records(kind, filler, study, processes)
    for page in (address.READING, *map(address.rule_page, read_rules())):
        filler.finish(page)
    for leftover in ("404.html", "sitemap.xml", "sitemap.xml.gz"):  # they name absolute addresses, and we have none
        (site / leftover).unlink(missing_ok=True)
    search.add(site, entries)


def _registers(kind: Kind, filler: _Filler, study: Study) -> list[dict[str, str]]:
    edition, index = filler.edition, address.register_page(kind)
    plural = kind.plural(edition.language)
    parts = registers.parts(kind, study, edition)
    filler.frame(index)
    if len(parts) == 1:
        filler.write(index, plural, registers.body(kind, parts[0], parts, study, edition))
        return [search.entry(index, plural, "")]
    filler.write(index, plural, registers.overview(kind, parts, edition))
    for part in parts:
        page = address.register_page(kind, part.slug)
        filler.write(page, f"{plural} {part.title}", registers.body(kind, part, parts, study, edition), frame=index)
    return [search.entry(index, plural, "")]


def _records(kind: Kind, filler: _Filler, study: Study, processes: int) -> list[dict[str, str]]:
    """The pages of a kind's records, in several processes where there are many; their search entries."""
    edition, index = filler.edition, address.register_page(kind)

    def write(record: Record) -> dict[str, str]:
        filler.write(address.record_page(record), f"{record.title} · {record.id}", records.body(record, edition, study), frame=index)
        return records.found_by(record, edition)

    found = [record for record in study.book.by_id.values() if record.kind is kind and address.has_page(record)]
    return map_in_processes(write, found, processes or os.cpu_count() or 1)


def _md(page: str) -> str:
    return page.removesuffix(".html") + ".md"


def _move(site: Path, out: Path) -> None:
    """The new site in the old one's place: two renames, so that no reader sees half of either."""
    out.parent.mkdir(parents=True, exist_ok=True)
    new, old = out.with_name(f".{out.name}.new"), out.with_name(f".{out.name}.old")
    for leftover in (new, old):
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.move(site, new)
    if out.exists():
        out.rename(old)
    new.rename(out)
    shutil.rmtree(old, ignore_errors=True)
