"""The page of one record: its facts and sections, links both ways, git's commits, and the file as it is written."""

from collections.abc import Iterator
from functools import cache

from markupsafe import Markup

from servicebook import registry
from servicebook.kinds import Kind
from servicebook.pages import address
from servicebook.pages.course import ACTIONS, actions, course
from servicebook.pages.edition import Edition
from servicebook.pages.inert import visible
from servicebook.pages.search import entry
from servicebook.pages.study import Study
from servicebook.pages.views import Scene, View
from servicebook.record import Record
from servicebook.source import Pointer
from servicebook.tree import Unreadable

VIEWS = "pages/views"
ELSEWHERE = frozenset({"references", "source"})
"""Fields that tell of other systems: they stand below what the record itself says."""


def body(record: Record, edition: Edition, study: Study) -> Markup:
    """The page's body. A record that its schema refuses is shown by the template of any kind, as it stands."""
    page = address.record_page(record)
    place = edition.place(page)
    view = _view(record.kind) if record.valid and not _unusable(record, study) else None
    scene = Scene(edition, place, study)
    went, undertaken = (course(record, scene), actions(record, scene)) if record.valid else (None, None)
    own = {"view": view.view(record, scene)} if view else {}
    shown = {*(view.SHOWN if view else ()), *((ACTIONS,) if undertaken else ()), *((went["field"],) if went else ())}
    fields = place.outline.fields(record.kind, record.data, without=shown)
    return edition.render(
        f"{record.kind.name}.html" if view else "record.html",
        page,
        record=record,
        kind_title=record.kind.title(edition.language),
        crumbs=[
            (edition.words("nav.home"), place.root + address.HOME),
            (record.kind.plural(edition.language), place.root + address.register_page(record.kind)),
        ],
        short=[field for field in fields if field.short],
        long=[field for field in fields if not field.short and field.name not in ELSEWHERE],
        elsewhere=[field for field in fields if not field.short and field.name in ELSEWHERE],
        links_out=list(_links_out(record, edition)),
        links_in=list(_links_in(record, edition)),
        findings=study.findings.get(record.path, ()),
        suppressed=study.suppressed.get(record.path, ()),
        commits=study.history.of(record.path),
        history_state=study.history.state,
        uncommitted=study.uncommitted(record),
        course=went,
        actions=undertaken,
        source=_source(record),
        **own,
    )


def found_by(record: Record, edition: Edition) -> dict[str, str]:
    """What the search box knows of the record: id, title and what it says first of itself."""
    words = [record.id, record.kind.title(edition.language)]
    words += [value for name, value in record.data.items() if isinstance(value, str) and name not in ("id", "title")]
    return entry(address.record_page(record), record.title, " · ".join(words))


@cache
def _views() -> frozenset[str]:
    return frozenset(registry.module_names(VIEWS))


def _view(kind: Kind) -> View | None:
    if kind.name not in _views():
        return None
    return registry.module(VIEWS, kind.name)


def _unusable(record: Record, study: Study) -> bool:
    """Whether a timeline cannot be walked although the schema accepts it: an instant that no calendar has."""
    return record.kind.lifecycle is not None and study.case(record) is None


def _links_out(record: Record, edition: Edition) -> Iterator[tuple[str, str]]:
    """Each record named here once, with where it is named."""
    places: dict[str, list[str]] = {}
    for link in record.links:
        place = _where(record, link.pointer, edition)
        if place not in places.setdefault(link.target, []):
            places[link.target].append(place)
    for target, names in places.items():
        yield ", ".join(names), target


def _links_in(record: Record, edition: Edition) -> Iterator[tuple[str, str]]:
    places: dict[str, list[str]] = {}
    for source, link in edition.book.links_in(record.id):
        place = f"{source.kind.title(edition.language)}: {_where(source, link.pointer, edition)}"
        if place not in places.setdefault(source.id, []):
            places[source.id].append(place)
    for source_id, names in places.items():
        yield ", ".join(names), source_id


def _where(record: Record, pointer: Pointer, edition: Edition) -> str:
    """Where a link stands: the title of its field, or for a typed link its type."""
    if pointer[0] == "links" and len(pointer) == 3:
        given = record.data["links"][pointer[1]]
        if isinstance(given, dict) and isinstance(given.get("type"), str):
            return edition.place("").outline.label(record.kind, given["type"], "links", "*", "type")
    last = max(place for place, step in enumerate(pointer) if isinstance(step, str))
    return edition.place("").outline.title(record.kind, *pointer[: last + 1])


def _source(record: Record) -> str:
    try:
        return visible(record.source().decode("utf-8", "replace"))
    except Unreadable:
        return ""
