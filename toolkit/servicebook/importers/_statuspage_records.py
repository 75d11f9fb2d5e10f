"""An entry of a status page → the data of its incident and its outages."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final, NamedTuple

from servicebook.importers._statuspage_components import Components, service_id
from servicebook.importers._statuspage_entries import Entry, Post
from servicebook.importers._statuspage_fields import TIMES
from servicebook.importers._texts import title_of
from servicebook.record import is_id

SYSTEM: Final = "statuspage"
ENDS: Final = ("resolved", "completed")
_WORKS_AGAIN: Final = ("investigating", "identified", "monitoring")
_TYPES: Final = {
    "degraded_performance": "degradation",
    "partial_outage": "outage",
    "major_outage": "outage",
    "under_maintenance": "maintenance",
}
_TYPES_BY_IMPACT: Final = {"minor": "degradation", "major": "outage", "critical": "outage"}
_LEVELS: Final = {"critical": "high", "major": "medium"}


class Lost(NamedTuple):
    """A time in which a component (by name; "" where the entry names none) was lost.

    `status` is the component's as the updates tell it, "" where they do not.
    """

    component: str
    type: str
    status: str
    start: datetime
    end: datetime | None


def losses_of(entry: Entry) -> list[Lost]:
    """What the components of an entry lost, each stretch by itself; none without any length."""
    return [lost for lost in _losses(entry) if lost.end is None or lost.end > lost.start]


def _losses(entry: Entry) -> Iterator[Lost]:
    names = [component.name for component in entry.components] or [""]
    if entry.maintenance:
        if entry.began is not None:
            end = next((post.at for post in entry.posts if post.status in ENDS), entry.resolved)
            yield from (Lost(name, "maintenance", "", entry.began, end) for name in names)
    elif any(post.shown for post in entry.posts):
        for name in names:
            yield from _history(name, entry)
    elif entry.impact in _TYPES_BY_IMPACT:
        yield from (Lost(name, _TYPES_BY_IMPACT[entry.impact], "", entry.opened, _end(entry)) for name in names)


def _history(name: str, entry: Entry) -> Iterator[Lost]:
    """The stretches of one component, as the updates tell its status."""
    status, since = "operational", entry.opened
    for post in entry.posts:
        shown = dict(post.shown).get(name, status)
        if shown != status:
            if status in _TYPES:
                yield Lost(name, _TYPES[status], status, since, post.at)
            status, since = shown, post.at
    if status in _TYPES:
        yield Lost(name, _TYPES[status], status, since, _end(entry))


def _end(entry: Entry) -> datetime | None:
    """When an incident was over: the last end that is not followed by work."""
    return (
        next((at for at, event, _ in reversed(_events(entry)) if event == "resolved"), None) if _over(entry) else None
    )


def _over(entry: Entry) -> bool:
    found = [event for _, event, _ in _events(entry) if event in ("resolved", "reopened")]
    return bool(found) and found[-1] == "resolved"


def _events(entry: Entry) -> list[tuple[datetime, str, Post]]:
    """What each update was, in order of time."""
    posts = list(entry.posts)
    if entry.resolved is not None and not any(post.status in ENDS for post in posts):
        posts = sorted([*posts, Post(entry.resolved, "resolved", "")], key=lambda post: post.at)
    found, ended = [], False
    for post in posts:
        event = "informed"
        if post.status in ENDS and not ended:
            event, ended = "resolved", True
        elif ended and post.status in _WORKS_AGAIN:
            event, ended = "reopened", False
        found.append((post.at, event, post))
    return found


def incident_of(entry: Entry, components: Components) -> dict[str, Any]:
    """The incident's data."""
    timeline: list[dict[str, Any]] = [{"at": TIMES.write(entry.opened), "event": "opened"}]
    for at, event, post in _events(entry):
        note = ": ".join(part for part in (post.status, post.text) if part)
        timeline.append({"at": TIMES.write(at), "event": event} | ({"note": note} if post.text else {}))
    services = components.services(entry)
    level = _LEVELS.get(entry.impact, "low")
    return {
        "id": f"INC-{entry.code}",
        "schema_version": 1,
        "title": title_of(entry.title),
        **({"service": services[0]} if len(services) == 1 else {}),
        "impact": level,
        "urgency": level,
        "timeline": timeline,
        "source": {"system": SYSTEM, "claims": _claims(entry)},
    }


def outages_of(entry: Entry, components: Components) -> Iterator[dict[str, Any]]:
    """The outages' data, in order of component and time. None of what names no component and has no service."""
    counts: dict[str, int] = {}
    announced = next((post.at for post in entry.posts if post.status == "scheduled"), None)
    for lost in losses_of(entry):
        services = [service_id(lost.component)] if lost.component else components.services(entry)
        if not services:
            continue
        counts[services[0]] = counts.get(services[0], 0) + 1
        data = {
            "id": _outage_id(entry.code, services[0], counts[services[0]]),
            "schema_version": 1,
            "title": title_of(entry.title),
            "type": lost.type,
            "services": services,
            "from": TIMES.write(lost.start),
        }
        if lost.end is not None:
            data["to"] = TIMES.write(lost.end)
        if entry.maintenance and announced is not None:
            data["announced_at"] = TIMES.write(announced)
        if not entry.maintenance:
            data["incident"] = f"INC-{entry.code}"
        shown = {"component": lost.component} if lost.component else {}
        status = {"component_status": lost.status} if lost.status else {}
        yield data | {"source": {"system": SYSTEM, "claims": _claims(entry) | shown | status}}


def _outage_id(code: str, service: str, number: int) -> str:
    suffix = f"-{number}" if number > 1 else ""
    made = f"OUT-{code}-{service.removeprefix('SVC-')}{suffix}"
    return made if is_id(made) else f"OUT-{code}-{hashlib.sha256(service.encode()).hexdigest()[:8]}{suffix}"


def _claims(entry: Entry) -> dict[str, str]:
    return {**entry.claims, "updated_at": TIMES.write(entry.updated)}
