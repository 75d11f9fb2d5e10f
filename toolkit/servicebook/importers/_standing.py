"""What updates say of a ticket, one after another → the events between them.

An export shows how a ticket stood after each update; a timeline says what happened. `Standing` is how a
record stands after its events so far; `advance` compares it with how the source shows the ticket next and
yields the events that lead there. The definitions:

- *assigned*: the group differs from the last one known. A group that is taken away is no event.
- *responded*: the first update that shows the ticket in any state of work (in progress or waiting). A ticket
  that goes from new to resolved has no such event: its resolution is the response.
- *paused* and *resumed*: the ticket goes into or out of a waiting state; from one to another, both.
- *resolved*, *closed*: the update that first shows the state, not a time restated later.
- *reopened*: an open state after a resolved or closed one.
- *reprioritised*: impact or urgency differ while the ticket is open. Where they differ later, it is a note,
  and takes effect if the ticket is reopened.
- What the lifecycle has no event for (back to new, an unknown state) is a note.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from servicebook.clock import OPEN_STATES
from servicebook.kinds import Lifecycle

Event = dict[str, Any]
_ENDED: Final = frozenset({"resolved", "closed"})
_LEADS_TO: Final = {
    "responded": "in-progress",
    "resumed": "in-progress",
    "reopened": "in-progress",
    "paused": "paused",
    "resolved": "resolved",
    "closed": "closed",
    "cancelled": "cancelled",
}


class Snapshot(NamedTuple):
    """How a source shows a ticket. `state` is a state of the lifecycle, or "" for one it does not have.

    `code` says why it waits, `group` is a role, both "" for none; `shown` is the state in the source's words.
    """

    state: str
    code: str
    group: str
    impact: str
    urgency: str
    shown: str


class Update(NamedTuple):
    """One row: when, the source's `version` of the ticket (a count), the row's number in this import, what it shows."""

    at: datetime
    version: int
    row: int
    seen: Snapshot


class Contradiction(ValueError):
    """The source shows what cannot have happened; the message says what, as the end of a sentence."""


class Standing(NamedTuple):
    """How a record stands after its events so far. `before` is what the source showed last."""

    state: str
    code: str
    group: str
    impact: str
    urgency: str
    before: Snapshot | None = None


def standing_of(record: Mapping[str, Any], lifecycle: Lifecycle) -> Standing:
    """How a record stands after its timeline. Raises Contradiction where the lifecycle does not allow it."""
    state: str | None = None
    code = group = ""
    impact, urgency = record["impact"], record["urgency"]
    latest = None
    for event in record["timeline"]:
        at = datetime.fromisoformat(event["at"])
        if latest is not None and at < latest:
            raise Contradiction(f"the event {event['event']} comes before the one above it")
        latest = at
        comes_in, leads_to = lifecycle.events.get(event["event"], (frozenset(), None))
        if state not in comes_in:
            raise Contradiction(f"the event {event['event']} cannot come when the record is {state or 'not opened'}")
        state = leads_to or state
        code = event["code"] if event["event"] == "paused" else code
        group = event.get("to", group) if event["event"] == "assigned" else group
        if event["event"] == "reprioritised":
            impact, urgency = event["impact"], event["urgency"]
    if state is None:
        raise Contradiction("the timeline does not begin")
    return Standing(state, code, group, impact, urgency)


def advance(now: Standing, seen: Snapshot) -> tuple[list[Event], Standing]:
    """The events, without their time, between how a record stands and what the source shows next; the new standing.

    Raises Contradiction for a cancelled ticket that goes on.
    """
    events = list(_events(now, seen))
    state = now.state
    for event in events:
        state = _LEADS_TO.get(event["event"], state)
    if now.state not in OPEN_STATES and not any(event["event"] == "reopened" for event in events):
        return events, now._replace(state=state, before=seen)
    return events, Standing(
        state, seen.code or now.code, seen.group or now.group, seen.impact, seen.urgency, before=seen
    )


def _events(now: Standing, seen: Snapshot) -> Iterator[Event]:
    state = now.state
    if state == "cancelled" and seen.state not in ("cancelled", "closed", ""):
        raise Contradiction(f"it was cancelled and then shown as {seen.shown}")
    goes_on = seen.state in OPEN_STATES or (state == "closed" and seen.state == "resolved")
    if state in _ENDED and goes_on:
        yield {"event": "reopened"}
        state = "in-progress"
    if state in OPEN_STATES:
        if (seen.impact, seen.urgency) != (now.impact, now.urgency):
            yield {"event": "reprioritised", "impact": seen.impact, "urgency": seen.urgency}
        if seen.group and seen.group != now.group:
            yield {"event": "assigned", "to": seen.group}
    elif _changed(now, seen):
        yield _note(f"After it was {state}, the source set impact to {seen.impact} and urgency to {seen.urgency}.")
    if seen.state == "" and (now.before is None or now.before.state):
        yield _note(f"The source shows a state that has no name here: {seen.shown}.")
    yield from _to_state(state, now, seen)


def _to_state(state: str, now: Standing, seen: Snapshot) -> Iterator[Event]:
    if state not in OPEN_STATES:
        if state == "resolved" and seen.state == "closed":
            yield {"event": "closed"}
        elif state == "resolved" and seen.state == "cancelled":
            raise Contradiction("it was resolved and then cancelled")
        return
    working = seen.state in ("in-progress", "paused")
    if state == "new" and working:
        yield {"event": "responded"}
    waits_on = state == "paused" and seen.state == "paused" and seen.code == now.code
    if state == "paused" and seen.state in OPEN_STATES and not waits_on:
        yield {"event": "resumed"}
    if seen.state == "paused" and not waits_on:
        yield {"event": "paused", "code": seen.code}
    elif seen.state == "new" and state != "new" and (now.before is None or now.before.state != "new"):
        yield _note(f"The source set the state back to {seen.shown}.")
    elif seen.state == "closed":
        yield {"event": "resolved", "note": "The source closed this ticket without showing it as resolved."}
        yield {"event": "closed"}
    elif seen.state in ("resolved", "cancelled"):
        yield {"event": seen.state}


def _changed(now: Standing, seen: Snapshot) -> bool:
    """Whether impact or urgency changed after the end, and not only differ since an earlier update."""
    last = (now.before.impact, now.before.urgency) if now.before else (now.impact, now.urgency)
    return (seen.impact, seen.urgency) != last


def _note(text: str) -> Event:
    return {"event": "note", "note": text}
