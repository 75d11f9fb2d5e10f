"""One more event in the timeline of a record: at its place in time, and only where the lifecycle allows it."""

from collections.abc import Mapping, MutableMapping, Sequence
from datetime import datetime
from typing import Any

from servicebook.authoring.explaining import without_present
from servicebook.authoring.settings import Setting, put
from servicebook.authoring.tidying import with_data
from servicebook.editing import edited, with_item
from servicebook.errors import Problem
from servicebook.finding import inert_line, quote
from servicebook.kinds import Kind, Lifecycle
from servicebook.record import Record, instant
from servicebook.source import load


def with_event(record: Record, entry: Mapping[str, Any], settings: Sequence[Setting], before: bytes) -> bytes:
    """The bytes of a record, of which `before` are the present ones, with an event more and with the settings.

    `entry` has `at` and `event`, and what else the kind's events hold. Raises `Problem` where the kind has no
    timeline, no such event, or none such in the state that the record is in at that time, and for a setting that
    would change what the timeline says.
    """
    lifecycle = lifecycle_of(record.kind)
    for setting in settings:
        if setting.steps[0] == lifecycle.timeline:
            raise Problem(
                f"{'.'.join(setting.steps)} is part of the timeline, to which events are only added.",
                "Say with --field what the new event holds; correct an event that was written wrongly in an editor.",
            )
    place = _check(record, lifecycle, entry)
    after = with_item(before, lifecycle.timeline, place, entry, record.path)

    def change(data: MutableMapping[str, Any]) -> None:
        for setting in settings:
            put(record.kind, data, setting)

    if not settings:
        return after
    data = load(after)
    change(data)
    return without_present(with_data(record.path, record.kind, after, data) or edited(after, change, record.path), data)


def lifecycle_of(kind: Kind) -> Lifecycle:
    """The lifecycle of a kind. Raises `Problem` for one whose records have no timeline."""
    if kind.lifecycle is None:
        raise Problem(f"The kind {kind.name} has no timeline.", "Change the record in an editor.")
    return kind.lifecycle


def event_named(kind: Kind, name: str) -> str:
    """The event of that name. Raises `Problem` with a suggestion."""
    from difflib import get_close_matches

    events = lifecycle_of(kind).events
    if name in events:
        return name
    near = get_close_matches(name, events, 1)
    hint = f"Did you mean {near[0]}?" if near else f"Events: {', '.join(events)}."
    raise Problem(f"The kind {kind.name} has no event {quote(name)}.", hint)


def _check(record: Record, lifecycle: Lifecycle, entry: Mapping[str, Any]) -> int:
    """The number of the timeline's events before the new one. Raises `Problem` where it cannot come there."""
    if not record.valid:
        raise Problem(f"{record.path} is not valid.", f"servicebook validate {record.path} says why; correct it first.")
    moment = instant(entry["at"])
    state: str | None = None
    place = 0
    for place, event in enumerate(record.data[lifecycle.timeline], 1):
        if instant(event["at"]) > moment:
            place -= 1
            break
        state = lifecycle.events.get(event["event"], (None, None))[1] or state
    possible = [name for name, (comes_in, _) in lifecycle.events.items() if state in comes_in]
    if entry["event"] not in possible:
        when = f"when {record.id} is {state}" if state else f"before {record.id} is {lifecycle.opens}"
        raise Problem(
            f"The event {entry['event']} cannot come {when}, as it is at {inert_line(entry['at'])}.",
            f"What can come then: {', '.join(possible)}.",
        )
    return place


def entry_of(
    event: str, at: datetime, fields: Mapping[str, str | None], more: Sequence[Setting], kind: Kind
) -> dict[str, Any]:
    """An event as it stands in a timeline: `fields` that are not None, then the settings `more`. Raises `Problem`."""
    timeline = lifecycle_of(kind).timeline
    entry = {"at": at.isoformat(), "event": event} | {name: text for name, text in fields.items() if text is not None}
    holder: dict[str, Any] = {timeline: [entry]}
    for setting in more:
        put(kind, holder, Setting((timeline, "0", *setting.steps), setting.text))
    return entry
