"""Sets every body into the frames of one built language: fixed pages, registers, records, and the search index."""

import os
from pathlib import Path

from markupsafe import Markup

from servicebook.kinds import Kind
from servicebook.pages import (
    address,
    built,
    coverage,
    facts,
    foresight,
    home,
    measures,
    records,
    registers,
    rules,
    search,
)
from servicebook.pages.edition import Edition
from servicebook.pages.figures import Figures
from servicebook.pages.frame import Frame, SiteWords, finish
from servicebook.pages.groups import in_view
from servicebook.pages.inert import visible
from servicebook.pages.study import Study
from servicebook.record import Record
from servicebook.rules import read_rules
from servicebook.validation.workers import map_in_processes


class Filler:
    """Sets bodies into the frames of one built language, and finishes the pages that need none."""

    def __init__(self, edition: Edition, study: Study, site: Path) -> None:
        config = edition.book.config
        self.edition = edition
        self.site = site
        footer = edition.words(
            "footer.made", revision=built.short_revision(edition, study), as_of=edition.words.instant(study.as_of)
        )
        self._words = SiteWords(visible(config.organisation), visible(config.description), footer)
        self.frames: dict[str, Frame] = {}

    def frame(self, page: str) -> Frame:
        """The frame that the builder left at an address, read once."""
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


def fill(edition: Edition, study: Study, figures: Figures, site: Path, processes: int) -> None:
    """Fills and finishes every page of one language at `site`, and writes its search index."""
    filler = Filler(edition, study, site)
    words = edition.words
    pages = [
        (address.HOME, words.plain("nav.home"), home.body(edition, study, figures)),
        (address.METRICS, words.plain("nav.metrics"), measures.index(edition, figures, study.metrics)),
        (address.FORESIGHT, words.plain("nav.foresight"), foresight.body(edition, figures, study.metrics)),
        (address.FACTS, words.plain("nav.facts"), facts.body(edition, study.facts)),
        (address.RULES, words.plain("nav.rules"), rules.index(edition, study)),
        (address.BUILT, words.plain("nav.built"), built.body(edition, study)),
        *(
            (address.metric_page(name), metric.title(edition.language), measures.body(metric, edition, figures))
            for name, metric in study.metrics.items()
        ),
    ]
    entries = [search.entry(page, title, "") for page, title, _ in pages]
    for page, title, body in pages:
        filler.write(page, title, body)
    for kind in in_view(edition.book):
        entries += _registers(kind, filler, study)
        entries += _records(kind, filler, study, processes)
    entries += _coverage(filler, study)
    for page in (address.READING, *map(address.rule_page, read_rules())):
        filler.finish(page)
    for leftover in ("404.html", "sitemap.xml", "sitemap.xml.gz"):  # they name absolute addresses, and we have none
        (site / leftover).unlink(missing_ok=True)
    search.add(site, entries)


def _coverage(filler: Filler, study: Study) -> list[dict[str, str]]:
    """The pages of the standards and their clauses; their search entries."""
    edition, entries = filler.edition, []
    for standard, states in study.coverage:
        index = address.coverage_page(standard.name)
        title = visible(standard.title(edition.language))
        filler.write(index, title, coverage.index(standard, states, edition))
        entries.append(search.entry(index, title, standard.about(edition.language)))
        for state in states:
            page = address.coverage_page(standard.name, state.clause.number)
            title = coverage.title(state, standard, edition)
            filler.write(page, title, coverage.body(state, standard, edition, study), frame=index)
            entries.append(search.entry(page, title, state.clause.asks(edition.language)))
    return entries


def _registers(kind: Kind, filler: Filler, study: Study) -> list[dict[str, str]]:
    edition, index = filler.edition, address.register_page(kind)
    plural = kind.plural(edition.language)
    parts = registers.parts(kind, study, edition)
    chart = registers.picture(kind, study, edition)
    filler.frame(index)
    if len(parts) == 1:
        filler.write(index, plural, registers.body(kind, parts[0], parts, study, edition, chart))
        return [search.entry(index, plural, "")]
    filler.write(index, plural, registers.overview(kind, parts, edition, chart))
    for part in parts:
        page = address.register_page(kind, part.slug)
        filler.write(page, f"{plural} {part.title}", registers.body(kind, part, parts, study, edition), frame=index)
    return [search.entry(index, plural, "")]


def _records(kind: Kind, filler: Filler, study: Study, processes: int) -> list[dict[str, str]]:
    """The pages of a kind's records, in several processes where there are many; their search entries."""
    edition, index = filler.edition, address.register_page(kind)

    def write(record: Record) -> dict[str, str]:
        filler.write(
            address.record_page(record),
            f"{record.title} · {record.id}",
            records.body(record, edition, study),
            frame=index,
        )
        return records.found_by(record, edition)

    found = [record for record in study.book.by_id.values() if record.kind is kind and address.has_page(record)]
    return map_in_processes(write, found, processes or os.cpu_count() or 1)
