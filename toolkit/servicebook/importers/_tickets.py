"""Tickets of another system → records of incidents; and what a later export adds to a record.

A log (one row per update) tells a ticket's history; a list (one row per ticket) tells how it stands, and the
times that the source kept. Neither says more than it shows: nothing is filled in.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from servicebook.clock import OPEN_STATES
from servicebook.importers._standing import (
    Contradiction,
    Event,
    Snapshot,
    Standing,
    Update,
    advance,
    standing_of,
)
from servicebook.kinds import Lifecycle

EARLIER: Final = "First seen in the export at this time; it may have happened before."


@dataclass(slots=True)
class Ticket:
    """What an export holds of one ticket. Times are instants in UTC.

    `frame` is the record without timeline, impact and urgency; `fields` what its latest row says.
    """

    number: str
    opened: datetime
    updates: list[Update]
    resolved: datetime | None = None
    closed: datetime | None = None
    reopened: datetime | None = None
    frame: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Outcome:
    """A record's data, and the numbers of the rows that said something new."""

    data: dict[str, Any]
    rows: set[int]


Write = Callable[[datetime], str]


def in_order(updates: Iterable[Update], later: Mapping[datetime, datetime]) -> list[Update]:
    """Updates in order of time, then of the source's own count, then of the file.

    Time comes first because a timeline is in order of time; exports write it to the minute, so the count
    decides what it leaves open. In the hour that comes twice when clocks go back, the count also decides
    which of the two is meant (`later`).
    """
    updates = list(updates)
    if any(update.at in later for update in updates):
        updates.sort(key=lambda update: (update.version, update.row))
        for place, update in enumerate(updates[1:], start=1):
            second = later.get(update.at)
            if second is not None and update.at < updates[place - 1].at <= second:
                updates[place] = update._replace(at=second)
    return sorted(updates, key=lambda update: (update.at, update.version, update.row))


def from_log(ticket: Ticket, write: Write) -> Outcome:
    """The record of a ticket whose history is in the export. `ticket.updates` are in order.

    Updates before the ticket's own opening are told in a note of the opening event: no other event can
    come before it. Raises Contradiction.
    """
    early = [update for update in ticket.updates if update.at < ticket.opened]
    first = ticket.updates[0]
    if len(early) == len(ticket.updates):
        raise Contradiction(f"it was opened at {write(ticket.opened)}, after its last update")
    opening: Event = {"at": write(ticket.opened), "event": "opened"}
    if early:
        times = ", ".join(write(update.at) for update in early[:10])
        opening["note"] = f"The source carries updates from before the ticket was opened: {times}."
    timeline = [opening]
    rows = {first.row, *(update.row for update in early)}
    now = Standing("new", "", "", first.seen.impact, first.seen.urgency)
    for update in ticket.updates[len(early) :]:
        events, now = advance(now, update.seen)
        if update is first and first.version > 0:
            events = [{**event, "note": event.get("note", EARLIER)} for event in events]
        timeline += [{"at": write(update.at), **event} for event in events]
        if events:
            rows.add(update.row)
    return Outcome(_record(ticket, timeline, first.seen), rows)


def from_list(ticket: Ticket, write: Write) -> Outcome:
    """The record of a ticket of which the export shows how it stands. Raises Contradiction.

    Opening, resolution and closing have their times in the row. When work began, was paused or went to
    another group has not, so there are no such events; the source's state stays a claim.
    """
    latest = ticket.updates[-1]
    timeline: list[Event] = [{"at": write(ticket.opened), "event": "opened"}]
    now = Standing("new", "", "", latest.seen.impact, latest.seen.urgency)
    last, before = ticket.opened, "opened"
    for at, seen in _ends(ticket, latest.seen):
        if at < last:
            raise Contradiction(f"it is {seen.state} at {write(at)}, but {before} at {write(last)}")
        last, before = at, seen.state
        events, now = advance(now, seen)
        timeline += [{"at": write(at), **event} for event in events]
    return Outcome(_record(ticket, timeline, latest.seen), {latest.row})


def continued(
    ticket: Ticket, record: Mapping[str, Any], lifecycle: Lifecycle, write: Write, *, log: bool
) -> Outcome | None:
    """The record with what newer rows add, or None where no row is newer than the record.

    Newer is what comes after the update that the record's claims name. What people added to the record
    stays. Raises Contradiction where the new events do not fit its timeline.
    """
    claims = record.get("source", {}).get("claims", {})
    known = (claims.get("sys_updated_on", ""), claims.get("sys_mod_count", -1))
    newest = _key(known)
    newer = [update for update in ticket.updates if (update.at, update.version) > newest]
    if not newer:
        return None
    older = ticket.updates[: len(ticket.updates) - len(newer)]
    now = standing_of(record, lifecycle)._replace(before=older[-1].seen if older else None)
    rows = set()
    added: list[Event] = []
    steps = [(update.at, update.seen, update.row) for update in newer]
    if not log:
        steps = _steps(ticket, newer[-1], now, datetime.fromisoformat(record["timeline"][-1]["at"]))
    for at, seen, row in steps:
        events, now = advance(now, seen)
        if not log and at == newer[-1].at and seen.state in OPEN_STATES:
            events = [{**event, "note": event.get("note", EARLIER)} for event in events]
        added += [{"at": write(at), **event} for event in events]
        if events or not log:
            rows.add(row)
    data = dict(record)
    data["timeline"] = sorted([*record["timeline"], *added], key=lambda event: datetime.fromisoformat(event["at"]))
    for name in ("title", "channel", "category", "resolution"):
        if name in ticket.frame:
            data.setdefault(name, ticket.frame[name])
    if now.state in OPEN_STATES and "resolution" not in record:
        data.pop("resolution", None)
    references = [*record.get("references", ())]
    references += [reference for reference in ticket.frame.get("references", ()) if reference not in references]
    if references:
        data["references"] = references
    data["source"] = {**record.get("source", {}), **ticket.frame["source"]}
    standing_of(data, lifecycle)
    return Outcome(data, rows)


def _key(known: tuple[Any, Any]) -> tuple[datetime, int]:
    at, version = known
    try:
        return datetime.fromisoformat(str(at)), int(version)
    except ValueError:
        raise Contradiction("the record's claims do not name the update it was made from (sys_updated_on)") from None


def _ends(ticket: Ticket, seen: Snapshot) -> list[tuple[datetime, Snapshot]]:
    """How a list's row shows a ticket to have ended: when, and as what. Raises Contradiction where no time is told."""
    if seen.state == "resolved":
        ends = [(ticket.resolved, seen)]
    elif seen.state == "closed":
        ends = [(ticket.closed, seen)]
        if ticket.resolved is not None:
            ends.insert(0, (ticket.resolved, seen._replace(state="resolved")))
    elif seen.state == "cancelled":
        ends = [(ticket.closed or ticket.resolved, seen)]
    else:
        return []
    if ends[-1][0] is None:
        raise Contradiction(f"it is {seen.state}, but the export does not say since when")
    return [(at, shown) for at, shown in ends if at is not None]


def _steps(ticket: Ticket, update: Update, now: Standing, last: datetime) -> list[tuple[datetime, Snapshot, int]]:
    """What a newer row of a list adds to a record whose last event was at `last`."""
    seen = update.seen._replace(group="")
    again = [(ticket.reopened, seen._replace(state="in-progress"))] if ticket.reopened else []
    steps = [(at, shown) for at, shown in (*again, *_ends(ticket, seen)) if at >= last]
    if seen.state in OPEN_STATES:  # since when it is in this state is not told; that it is open, is
        state = now.state if now.state in OPEN_STATES else "in-progress"
        steps.append((update.at, seen._replace(state=state, code=now.code)))
    return [(at, shown, update.row) for at, shown in steps]


def _record(ticket: Ticket, timeline: list[Event], first: Snapshot) -> dict[str, Any]:
    data = {**ticket.frame, "impact": first.impact, "urgency": first.urgency, "timeline": timeline}
    ended = next((e["event"] for e in reversed(timeline) if e["event"] in ("resolved", "closed", "reopened")), "")
    if ended in ("", "reopened"):
        data.pop("resolution", None)
    return data
