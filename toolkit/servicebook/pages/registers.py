"""The register of a kind: every record in a table; above `MOST` records, one table for each run of days."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from servicebook.clock import in_force, local_date
from servicebook.kinds import Kind, title_of
from servicebook.pages import address
from servicebook.pages.charts import Chart
from servicebook.pages.edition import Edition, Place, bdi
from servicebook.pages.fields import TITLE
from servicebook.pages.spread import spread
from servicebook.pages.study import Study
from servicebook.record import Record

MOST = 500
"""Rows that a table may have and still be read, sorted and filtered with ease."""

COMPUTED = frozenset({"status", "priority", "opened_at", "resolved_at", "closed_at"})
"""Columns that a timeline gives and no field holds."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell, what it sorts by, and the state whose mark it carries."""

    html: Markup
    value: str = ""
    state: str = ""


@dataclass(frozen=True)
class Part:
    """Rows that share a page: `slug` is the first day of the run, "" for the only page."""

    slug: str
    title: str
    records: Sequence[Record]


def picture(kind: Kind, study: Study, edition: Edition) -> Chart | None:
    """How the records of the register spread over the months."""
    records = _records(kind, study)
    return spread(kind, records, {record.id: _day(record, study, edition) for record in records}, study, edition)


def _records(kind: Kind, study: Study) -> list[Record]:
    return [record for record in study.book.all if record.kind is kind and study.book.by_id.get(record.id) is record]


def parts(kind: Kind, study: Study, edition: Edition) -> list[Part]:
    """The register's tables. Records with a timeline or a dated id stand newest first, others by id."""
    records = _records(kind, study)
    if kind.named and kind.lifecycle is None:
        records.sort(key=lambda record: record.id)
        return [Part("", "", records)]
    days = {record.id: _day(record, study, edition) for record in records}
    records.sort(key=lambda record: (days[record.id], record.id), reverse=True)
    if len(records) <= MOST:
        return [Part("", "", records)]
    return list(_runs(records, days))


def _runs(records: Sequence[Record], days: dict[str, str]) -> Iterator[Part]:
    """Whole months where they fit on a page, else runs of whole days."""
    months: dict[str, list[Record]] = {}
    for record in records:
        months.setdefault(days[record.id][:7], []).append(record)
    for month, found in months.items():
        if len(found) <= MOST:
            yield Part(month or "0000", month, found)
            continue
        run: list[Record] = []
        by_day: dict[str, list[Record]] = {}
        for record in found:
            by_day.setdefault(days[record.id], []).append(record)
        for day in by_day:
            if run and len(run) + len(by_day[day]) > MOST:
                yield _run(run, days)
                run = []
            run += by_day[day]
        yield _run(run, days)


def _run(run: list[Record], days: dict[str, str]) -> Part:
    last, first = days[run[0].id], days[run[-1].id]
    return Part(first or "0000", first if first == last else f"{first} … {last}", run)


def _day(record: Record, study: Study, edition: Edition) -> str:
    """The day a record belongs to: when it was opened, or the date in its id; "" where neither says."""
    case = study.case(record)
    if case is not None and case.timeline.opened is not None:
        return local_date(case.timeline.opened, edition.words.zone)
    digits = record.id.partition("-")[2][:8]
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if len(digits) == 8 and digits.isdigit() else ""


def body(
    kind: Kind, part: Part, all_parts: Sequence[Part], study: Study, edition: Edition, chart: Chart | None = None
) -> Markup:
    """The page of one part, which also lists the others."""
    page = address.register_page(kind, part.slug if len(all_parts) > 1 else "")
    place = edition.place(page)
    rows = [(record, [_cell(record, name, study, edition, place) for name in kind.columns]) for record in part.records]
    return edition.render(
        "register.html",
        page,
        kind=kind,
        kind_title=kind.title(edition.language),
        plural=kind.plural(edition.language),
        description=_description(kind, edition),
        columns=[_title(kind, name, edition) for name in kind.columns],
        rows=rows,
        part=part,
        chart=chart,
        siblings=all_parts if len(all_parts) > 1 else (),
        findings=study.findings,
        local=lambda record: address.record_page(record).rpartition("/")[2],
    )


def overview(kind: Kind, all_parts: Sequence[Part], edition: Edition, chart: Chart | None = None) -> Markup:
    """The first page of a register that stands on several."""
    return edition.render(
        "register-parts.html",
        address.register_page(kind),
        kind=kind,
        plural=kind.plural(edition.language),
        description=_description(kind, edition),
        parts=all_parts,
        chart=chart,
        count=sum(len(part.records) for part in all_parts),
    )


def _description(kind: Kind, edition: Edition) -> str:
    """The schema's own description, which is written in English; pages in other languages do without."""
    described = kind.schema.get("x-description", {}).get(edition.language)
    return str(described or (kind.schema.get("description", "") if edition.language == "en" else ""))


def _title(kind: Kind, name: str, edition: Edition) -> str:
    found = kind.property((name,))
    if name in COMPUTED and not found:
        return edition.words.plain(f"register.{name}")
    return title_of(found, edition.language, name)


def _cell(record: Record, name: str, study: Study, edition: Edition, place: Place) -> Cell:
    value = record.data.get(name)
    if name == "title":
        return Cell(bdi(record.title))
    if value is None and name in COMPUTED:
        return _computed(record, name, study, edition)
    if name == record.kind.versions and record.valid:
        return _versions(record, study, edition)
    if isinstance(value, list):
        items = [
            place.outline.line(record.kind, item, name, "*") for item in value if not isinstance(item, dict | list)
        ]
        return Cell(Markup(", ").join(items))
    if value is None:
        return Cell(Markup(""))
    if isinstance(value, dict):
        return Cell(Markup(" – ").join(_short_values(record.kind, value, name, place)))
    link = study.book.by_id.get(value) if isinstance(value, str) and "x-link" in record.kind.property((name,)) else None
    if link is not None and address.has_page(link):
        href = place.root + address.record_page(link)
        return Cell(Markup('<a href="{}">{}</a>').format(href, bdi(link.title)), link.title)
    return Cell(place.outline.line(record.kind, value, name))


def _short_values(kind: Kind, value: dict[str, Any], name: str, place: Place) -> Iterator[Markup]:
    """What an object tells in a cell: its single values, but for long texts and who somebody was."""
    for step, inner in value.items():
        schema = kind.property((name, step))
        long = schema.get("maxLength", 0) > TITLE or isinstance(inner, dict | list)
        if not long and not schema.get("x-personal"):
            yield place.outline.line(kind, inner, name, step)


def _computed(record: Record, name: str, study: Study, edition: Edition) -> Cell:
    case = study.case(record)
    if case is None:
        return Cell(Markup(""))
    if name == "priority":
        level = case.priority.level
        return Cell(
            Markup('<span class="sb-priority sb-priority--{0}">{0}</span>').format(level) if level else Markup("")
        )
    if name == "status":
        status, lifecycle = case.timeline.status, record.kind.lifecycle
        titles = lifecycle.states.get(status or "", {}) if lifecycle else {}
        return Cell(escape(edition.word(titles, status or "")), state=status or "none")
    moment = getattr(case.timeline, name.removesuffix("_at"))
    return Cell(edition.words.instant(moment), moment.isoformat()) if moment else Cell(Markup(""))


def _versions(record: Record, study: Study, edition: Edition) -> Cell:
    found = in_force(record.data[str(record.kind.versions)], study.today, "")
    words = edition.words
    if found.version is None:
        return Cell(words("value.none"))
    return Cell(
        Markup("{} ({})").format(words("register.version", version=found.version["version"]), words("sla.in-force"))
    )
