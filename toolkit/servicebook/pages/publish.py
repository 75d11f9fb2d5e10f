"""The order of work: study the book once, let the builder make prose and frames, set every body in, move into place.

Nothing under the old site is touched until the new one is whole. The result is a function of the tree, the
instant and the versions of the tools; `built.py` writes them onto a page.
"""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from servicebook.pages import address, builder, guides, rules
from servicebook.pages.edition import Edition
from servicebook.pages.figures import Figures
from servicebook.pages.filling import fill
from servicebook.pages.groups import groups, in_view
from servicebook.pages.study import Study, read_study
from servicebook.pages.words import labels
from servicebook.registry import shipped
from servicebook.rules import read_rules
from servicebook.tree import Tree

WORKSHOP = "build"
"""Where the Markdown and the builder's output lie, below the root of the book."""


@dataclass(frozen=True)
class Published:
    """What was published: the folder, how many pages, and the languages."""

    site: Path
    pages: int
    languages: tuple[str, ...]


def publish(
    tree: Tree, as_of: str | None = None, out: Path | None = None, languages: Sequence[str] = (), processes: int = 0
) -> Published:
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
    running: list[builder.Build] = []
    try:
        for edition in editions:
            source = _source(edition, study, workshop / "docs" / edition.language)
            switches = {name: edition.words.plain(f"theme.{name}") for name in ("auto", "light", "dark")}
            running.append(builder.Build(builder.configuration(source, names, switches), workshop, epoch))
        figures = Figures(study)  # worked out while the builder works
        sites = [build.wait() for build in running]
    except BaseException:
        for build in running:
            build.stop()
        raise
    for edition, site in zip(editions, sites, strict=True):
        fill(edition, study, figures, site, processes)
    for edition, site in zip(editions[1:], sites[1:], strict=True):
        shutil.move(site, sites[0] / edition.language)
    return sites[0]


def _source(edition: Edition, study: Study, folder: Path) -> builder.Source:
    """The Markdown of one language: prose as it is, everything that holds records as a frame."""
    words = edition.words
    source = builder.Source(edition.language, folder)
    shutil.copytree(shipped("site") / "assets", folder / "assets")
    kinds = in_view(edition.book)
    source.page(words.plain("nav.home"), "index.md")
    source.sections(
        words.plain("nav.records"),
        [
            (title, [(kind.plural(edition.language), _md(address.register_page(kind))) for kind in members])
            for title, members in groups(edition)
        ],
    )
    source.section(
        words.plain("nav.coverage"),
        [(found.title(edition.language), _md(address.coverage_page(found.name))) for found, _ in study.coverage],
    )
    source.section(
        words.plain("nav.metrics"),
        [
            (words.plain("nav.all-metrics"), _md(address.METRICS)),
            *(
                (metric.title(edition.language), _md(address.metric_page(name)))
                for name, metric in study.metrics.items()
            ),
            (words.plain("nav.facts"), _md(address.FACTS)),
        ],
    )
    source.page(words.plain("nav.foresight"), _md(address.FORESIGHT))
    source.page(words.plain("nav.rules"), _md(address.RULES))
    source.section(
        words.plain("nav.book"),
        [(words.plain("nav.reading"), _md(address.READING)), (words.plain("nav.built"), _md(address.BUILT))],
    )
    source.frame("index.md", hide=("toc", "navigation"))
    for page in (
        address.METRICS,
        address.FORESIGHT,
        address.FACTS,
        address.RULES,
        address.BUILT,
        *map(address.register_page, kinds),
        *(address.coverage_page(found.name) for found, _ in study.coverage),
        *map(address.metric_page, study.metrics),
    ):
        source.frame(_md(page))
    for rule in read_rules().values():
        source.write(_md(address.rule_page(rule.name)), rules.markdown(rule))
    source.write(_md(address.READING), guides.reading(edition))
    return source


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
