"""Incidents and maintenance from a status page: Statuspage's public API, or an archive of such a page.

Read are the API's answers (an object with `incidents` or `scheduled_maintenances`), a list of their entries, or one
entry a line; also the entries of archives, whose updates are `updates` with `at`, `status` and `message`. The mapping:

- A *component* is a service, `SVC-` and its name. One that the book has already is left as it is. The page does not
  say who answers for a component and how critical it is: the user does. It is live from the day it was put on the
  page; where the page does not say so, from the first day on which the files show it.
- An *incident* becomes an incident, `INC-` and its id. It is opened with its first sign; each update is `informed`,
  with its status and words; an update `resolved` (else the time of resolution) is `resolved`, and one that
  investigates again `reopened`. Its service is its component, if it has just one. Nothing says when work began, so
  there is no `responded`.
- A component's *loss* becomes an outage, `OUT-`, the id and the component, with a number from the second on.
  Where updates tell a component's status, each stretch of a status is one: `major_outage` and `partial_outage` are
  an outage, `degraded_performance` is a degradation, `under_maintenance` maintenance. It ends with the incident at
  the latest. Where no update does, each component of the incident is lost from its start to its resolution, and the
  type follows from the impact, which Statuspage takes from the gravest status: critical and major are an outage,
  minor is a degradation, none is no loss. No share is given: the page names none.
- *Maintenance* is an outage of that type from the update `in_progress` to `completed`, announced with the update
  `scheduled`. What is planned and has not begun is left for a later import.
- The page has one scale, a record two: critical is high, major medium, minor and none low, both for impact and for
  urgency. The page's own word stays a claim, as do the times that others derived from it.

An entry is taken whole or not at all. Of an entry that stands twice the one updated last is taken.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from servicebook.errors import Problem
from servicebook.finding import quote
from servicebook.importers._json import read_values
from servicebook.importers._ledger import Ledger, Rejection, write_rejects
from servicebook.importers._rows import exported
from servicebook.importers._shelf import Refusal, Shelf
from servicebook.importers._statuspage_components import Components
from servicebook.importers._statuspage_entries import Entry, account_for_fields, read_entry
from servicebook.importers._statuspage_fields import Unusable
from servicebook.importers._statuspage_landing import land
from servicebook.importers._statuspage_records import SYSTEM, losses_of
from servicebook.kinds import Kinds
from servicebook.tree import Tree
from servicebook.writing import flush_all

__all__ = ["Choices", "import_files"]

LISTS = ("incidents", "scheduled_maintenances")
LARGEST = 64 * 1024 * 1024
"""Characters of one answer of the API, which is read as a whole."""


@dataclass(frozen=True)
class Choices:
    """What the user decides: what the page does not say of new services, and to which `service` an entry belongs
    that names no component."""

    owner: str | None = None
    criticality: str | None = None
    live_from: date | None = None
    service: str | None = None
    dry_run: bool = False
    rejects: Path | None = None


@dataclass(frozen=True)
class _Found:
    """An entry as it stands in a file."""

    file: str
    line: int
    place: str
    raw: object


def import_files(tree: Tree, kinds: Kinds, files: tuple[Path, ...], choices: Choices, zone: str) -> Ledger:
    """Take the entries of the files into the book; what became of each. `zone` is the organisation's.

    Raises Problem, before anything is written, for files that cannot be read or a service that nobody described.
    """
    ledger = Ledger(SYSTEM)
    shelf = Shelf(tree, kinds, dry=choices.dry_run)
    if choices.service:
        shelf.require(choices.service, "service")
    found = [entry for path in files for entry in _read(path)]
    ledger.read = len(found)
    ledger.columns = account_for_fields(one.raw for one in found)
    entries = _entries(found, choices.service, ledger)
    components = Components(entries.values(), choices.service, shelf, zone)
    for name in components.create(kinds, owner=choices.owner, criticality=choices.criticality, since=choices.live_from):
        ledger.created += 1
        ledger.notice("services made of components; see that each is one of yours", name)
    ledger.facts = {"Components": components.summary}
    for number, entry in sorted(entries.items(), key=lambda pair: (pair[1].opened, pair[1].code)):
        try:
            done = land(entry, components, shelf, kinds)
        except Refusal as refusal:
            _reject(ledger, number, found[number], refusal.sort, refusal.detail)
            continue
        _count(ledger, entry, done)
    if not choices.dry_run:
        flush_all()
    if ledger.rejected and not choices.dry_run:
        place = choices.rejects or Path(f"{files[0].name}.rejects.jsonl")
        ledger.rejects_file = str(write_rejects(place, _rejects_text(ledger, found)))
    return ledger


def _read(path: Path) -> Iterator[_Found]:
    name = quote(path.name)
    with exported(path) as (stream, is_json):
        if not is_json:
            raise Problem(f"{name} is not JSON.", "Save the answer of the status page's API: /api/v2/incidents.json.")
        for line, value in read_values(stream, name, LARGEST):
            lists = [key for key in LISTS if isinstance(value, dict) and isinstance(value.get(key), list)]
            for key in lists:
                for place, raw in enumerate(value[key]):
                    yield _Found(path.name, line, f"{key}[{place}]", raw)
            if not lists:
                yield _Found(path.name, line, "", value)


def _entries(found: list[_Found], service: str | None, ledger: Ledger) -> dict[int, Entry]:
    """The entries that can be used, by their number; the one updated last of each id."""
    chosen: dict[str, tuple[int, Entry]] = {}
    for number, one in enumerate(found):
        try:
            entry = read_entry(one.raw)
            if entry.maintenance and not entry.components and not service:
                hint = "it names no component, so nothing can be taken from it; --service names what it was of"
                raise Unusable("maintenance of nothing in particular", hint)
        except Unusable as unusable:
            _reject(ledger, number, one, unusable.sort, unusable.detail)
            continue
        known = chosen.get(entry.code.casefold())
        if known is not None:
            ledger.merged += 1
        if known is None or entry.updated >= known[1].updated:
            chosen[entry.code.casefold()] = number, entry
    return dict(chosen.values())


def _reject(ledger: Ledger, number: int, found: _Found, sort: str, detail: str) -> None:
    where = f"{found.place}: {detail}" if found.place else detail
    ledger.rejected[number] = Rejection(found.file, found.line, sort, where)


def _count(ledger: Ledger, entry: Entry, done: list[str]) -> None:
    for one in done:
        setattr(ledger, one, getattr(ledger, one) + 1)
    if "created" in done or "updated" in done:
        ledger.imported += 1
    else:
        ledger.merged += 1
    if entry.maintenance and entry.began is None:
        ledger.notice("maintenance that is only planned; import it again once it has begun", entry.code)
    elif not entry.components:
        ledger.notice("entries that name no component", entry.code)
    elif not losses_of(entry):
        ledger.notice("entries in which no component was lost for any time, so without an outage", entry.code)
    if "components_source" in entry.claims:
        ledger.notice("entries whose components the page did not name; the archive inferred them", entry.code)


def _rejects_text(ledger: Ledger, found: list[_Found]) -> bytes:
    """The rejected entries, one a line, as they were, each with the reason before it."""
    lines = []
    for number, rejection in sorted(ledger.rejected.items()):
        raw = found[number].raw
        marks = {"rejected_file": rejection.file, "rejected_line": rejection.line, "rejected_reason": rejection.reason}
        rest = {key: value for key, value in raw.items() if key not in marks} if isinstance(raw, dict) else {"was": raw}
        lines.append(json.dumps(marks | rest, ensure_ascii=True))
    return ("\n".join(lines) + "\n").encode("ascii")
