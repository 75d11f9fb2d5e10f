"""Records of an entry → files of the book: new ones created, known ones continued, the rest left as they are.

A record is continued where the entry was updated after the update that the record's claims name. An incident gets
the events that it does not have; an outage that was open gets its end. What people wrote stays.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from servicebook.importers._shelf import Refusal, Shelf
from servicebook.importers._standing import Contradiction, standing_of
from servicebook.importers._statuspage_components import Components
from servicebook.importers._statuspage_entries import Entry
from servicebook.importers._statuspage_records import SYSTEM, incident_of, outages_of
from servicebook.kinds import Kind, Kinds
from servicebook.record import FOLDER, SUFFIX, instant

Record = dict[str, Any]


def land(entry: Entry, components: Components, shelf: Shelf, kinds: Kinds) -> list[str]:
    """What was done with each record of an entry: "created", "updated", "unchanged" or "kept".

    Raises Refusal, before anything of the entry is written, where it cannot be taken; Problem where the disk does
    not take it.
    """
    records: list[tuple[Kind, Record]] = [(kinds.named("outage"), outage) for outage in outages_of(entry, components)]
    if not entry.maintenance:
        records.insert(0, (kinds.named("incident"), incident_of(entry, components)))
    steps = [_step(kind, data, shelf) for kind, data in records]
    for _, write in steps:
        write()
    return [done for done, _ in steps]


def _step(kind: Kind, fresh: Record, shelf: Shelf) -> tuple[str, Callable[[], None]]:
    """What is to be done with one record, and what does it."""
    path = shelf.find(fresh["id"])
    if path is None:
        new = _place(kind, fresh)
        text = shelf.text(new, kind, fresh)
        return "created", lambda: shelf.create(fresh["id"], new, text)
    before, data = shelf.read(path, kind, fresh["id"], SYSTEM)
    if shelf.text(path, kind, fresh) == before:
        return "unchanged", _nothing
    if _updated(fresh) <= _updated(data):
        return "kept", _nothing
    after = {**data, "source": fresh["source"]}
    if kind.name == "incident":
        after["timeline"] = _continued(kind, {**after, "timeline": _joined(data["timeline"], fresh["timeline"])})
    elif "to" not in data and "to" in fresh:
        after["to"] = fresh["to"]
    text = shelf.changed(path, kind, before, data, after)
    return "updated", lambda: shelf.replace(path, text)


def _nothing() -> None:
    """Leave a record as it is."""


def _place(kind: Kind, data: Record) -> str:
    first = data["from"] if kind.name == "outage" else data["timeline"][0]["at"]
    folder = first[:4] if kind.name == "outage" else f"{first[:4]}/{first[5:7]}"
    return f"{FOLDER}/{kind.folder}/{folder}/{data['id']}{SUFFIX}"


def _updated(data: Mapping[str, Any]) -> datetime:
    try:
        return instant(str(data["source"]["claims"]["updated_at"]))
    except (KeyError, ValueError):
        sort = "the record that is there cannot be continued"
        raise Refusal(sort, "its claims do not name the update it was made from (updated_at)") from None


def _joined(known: list[Record], fresh: list[Record]) -> list[Record]:
    """The events of a record and those that an entry adds, in order of time."""
    there = {(instant(event["at"]), event["event"]) for event in known}
    added = [event for event in fresh if (instant(event["at"]), event["event"]) not in there]
    return sorted([*known, *added], key=lambda event: instant(event["at"]))


def _continued(kind: Kind, data: Record) -> list[Record]:
    """The timeline of a record that its lifecycle allows. Raises Refusal."""
    if kind.lifecycle is not None:
        try:
            standing_of(data, kind.lifecycle)
        except Contradiction as contradiction:
            raise Refusal("the source contradicts the record", str(contradiction)) from None
    timeline: list[Record] = data["timeline"]
    return timeline
