"""Entries of a status page, as JSON has them → incidents and maintenance with their updates in order of time."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple

from servicebook.finding import quote
from servicebook.importers._ledger import Column
from servicebook.importers._statuspage_fields import TIMES, Unusable, objects_of, text_of, time_of
from servicebook.importers._texts import clean

LEVELS: Final = ("none", "minor", "major", "critical", "maintenance")
STATUSES: Final = ("operational", "degraded_performance", "partial_outage", "major_outage", "under_maintenance")
PLANNED: Final = ("scheduled", "in_progress", "verifying", "completed")
_TIMES: Final = ("created_at", "started_at", "resolved_at", "monitoring_at", "updated_at", "published_at",
                 "scheduled_for", "scheduled_until", "downtime_start", "downtime_end")  # fmt: skip
_CLAIMS: Final = ("id", "impact", "status", "url", "shortlink", "components_source", *_TIMES)
_USED: Final = {
    "id": "ids of the records",
    "name": "title",
    "title": "title",
    "impact": "impact and urgency, type of the outages",
    "incident_updates": "timeline, stretches of the outages",
    "updates": "timeline",
    "components": "services",
    "started_at": "opened, start of the outages",
    "resolved_at": "resolved and end of the outages, where no update tells",
}
_ID: Final = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_PAGE_ID: Final = re.compile(r"/incidents/([A-Za-z0-9]{6,36})$")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LONGEST_ID: Final = 36


class Component(NamedTuple):
    """A component by its name; the rest is empty where the page does not say it."""

    name: str
    description: str = ""
    live_from: str = ""


class Post(NamedTuple):
    """One update. `shown` are the components whose status it tells, each with that status."""

    at: datetime
    status: str
    text: str
    shown: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Entry:
    """One incident or maintenance. Instants are in UTC; `code` is the page's own id of it."""

    code: str
    title: str
    impact: str
    opened: datetime
    resolved: datetime | None
    updated: datetime
    posts: tuple[Post, ...]
    components: tuple[Component, ...]
    maintenance: bool
    claims: dict[str, str] = field(default_factory=dict)

    @property
    def began(self) -> datetime | None:
        """When maintenance began; None while it is only planned."""
        return next((post.at for post in self.posts if post.status in PLANNED[1:]), None)


def read_entry(raw: object) -> Entry:
    """An entry. Raises Unusable for what it does not say, or what cannot be understood."""
    if not isinstance(raw, dict):
        raise Unusable("it is no incident", f"{quote(str(raw))} stands where an object with an id is due")
    code = _code(raw)
    impact = text_of(raw, "impact").lower() or "none"
    if impact not in LEVELS:
        raise Unusable("impact is not known", f"{quote(impact)} is none of {', '.join(LEVELS)}")
    posts = _posts(raw)
    times = {name: at for name in _TIMES if (at := time_of(raw, name)) is not None}
    first = times.get("started_at") or times.get("created_at")
    signs = [at for at in (first, *(post.at for post in posts)) if at is not None]
    if not signs:
        raise Unusable("it has no time", "neither started_at nor an update says when it was")
    resolved, opened = times.get("resolved_at"), min(signs)
    if resolved is not None and resolved < opened:
        raise Unusable("it ends before it begins", f"resolved_at {quote(text_of(raw, 'resolved_at'))}")
    return Entry(
        code=code,
        title=text_of(raw, "name") or text_of(raw, "title") or f"Incident {code}",
        impact=impact,
        opened=opened,
        resolved=resolved,
        updated=times.get("updated_at") or max(signs),
        posts=posts,
        components=tuple(_components(raw, posts)),
        maintenance=impact == "maintenance" or any(post.status in PLANNED for post in posts),
        claims=_claims(raw, times),
    )


def account_for_fields(entries: Iterable[object]) -> list[Column]:
    """What is done with each field of the entries."""
    names = sorted({clean(name) for raw in entries if isinstance(raw, dict) for name in raw})
    found = [Column(name, "used", _USED[name]) for name in names if name in _USED]
    found += [Column(name, "claim", "kept as the page has it") for name in names if name in {*_CLAIMS} - {*_USED}]
    known = {column.name for column in found}
    return found + [Column(name, "left out", "not needed") for name in names if name not in known]


def _code(raw: Mapping[str, Any]) -> str:
    """The page's id: that of the API. An archive numbers entries anew and has the page's id in the address."""
    address = _PAGE_ID.search(text_of(raw, "url"))
    code = address[1] if address else text_of(raw, "id")
    if not _ID.fullmatch(code) or len(code) > LONGEST_ID:
        raise Unusable("the id cannot be part of an id", quote(code))
    return code


def _posts(raw: Mapping[str, Any]) -> tuple[Post, ...]:
    name = "incident_updates" if "incident_updates" in raw else "updates"
    updates = raw.get(name) or []
    if not isinstance(updates, list) or not all(isinstance(update, dict) for update in updates):
        raise Unusable(f"{name} cannot be read", "a list of updates is due")
    found = []
    for update in updates:
        at = time_of(update, "display_at") or time_of(update, "created_at") or time_of(update, "at")
        if at is None:
            raise Unusable("an update has no time", quote(text_of(update, "body") or text_of(update, "message")))
        status = text_of(update, "status").lower().replace(" ", "_")
        text = text_of(update, "body") or text_of(update, "message")
        found.append(Post(at, status, text, tuple(_shown(update))))
    if found and found[0].at > found[-1].at:  # the API has the newest first
        found.reverse()
    return tuple(sorted(found, key=lambda post: post.at))


def _shown(update: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for component in objects_of(update, "affected_components"):
        name, status = " ".join(text_of(component, "name").split()), text_of(component, "new_status")
        if status not in STATUSES:
            raise Unusable("a component's status is not known", f"{quote(status)} is none of {', '.join(STATUSES)}")
        if not name:
            raise Unusable("a component has no name", quote(text_of(component, "code")))
        yield name, status


def _components(raw: Mapping[str, Any], posts: Iterable[Post]) -> Iterator[Component]:
    """Each component once: those that the entry lists, and those that only its updates name."""
    found: dict[str, Component] = {}
    for component in objects_of(raw, "components"):
        name = component if isinstance(component, str) else text_of(component, "name")
        if not (name := " ".join(clean(name).split())):
            raise Unusable("a component has no name", quote(str(component)))
        if isinstance(component, str):
            found.setdefault(name, Component(name))
        else:
            start = text_of(component, "start_date")
            live_from = start if _DATE.fullmatch(start) else ""
            found.setdefault(name, Component(name, text_of(component, "description"), live_from))
    for post in posts:
        for name, _ in post.shown:
            found.setdefault(name, Component(name))
    yield from found.values()


def _claims(raw: Mapping[str, Any], times: Mapping[str, datetime]) -> dict[str, str]:
    claims = {name: text for name in _CLAIMS if name not in _TIMES and (text := text_of(raw, name))}
    claims |= {name: TIMES.write(times[name]) for name in _TIMES if name in times}
    return claims
