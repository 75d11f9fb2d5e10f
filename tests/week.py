"""One week in March 2026 for tests of the clock: what was agreed, what happened, and the timers that it gives.

An instant is written `mon 09:00`, on the wall of Amsterdam; an event is `mon 09:00 paused code=waiting-for-customer`.
"""

from datetime import datetime
from typing import Any

from memory import calendar, make_book, matrix
from servicebook.clock import Clock, Timer

DAYS = {
    name: f"2026-03-{number:02}" for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), 2)
}
INCIDENT = "INC-20260302-aaaa"
REQUEST = "REQ-20260302-aaaa"
HOUR = 3600


def text(moment: str) -> str:
    day, time = moment.split()
    return f"{DAYS[day]}T{time}:00+01:00"


def at(moment: str) -> datetime:
    return datetime.fromisoformat(text(moment))


def target(measure: str, limit: str, **more: Any) -> dict[str, Any]:
    """A target in elapsed time for every priority, unless said otherwise."""
    return {"measure": measure, "limit": limit, "time": "elapsed", **more}


def agreed(*targets: dict[str, Any], rules: dict[str, str] | None = None, **more: Any) -> dict[str, Any]:
    """A version of an SLA with these targets. For waiting-for-customer the clock stops."""
    version = {
        "valid_from": "2026-01-01",
        "calendar": "CAL-office",
        "matrix": "MTX-standard",
        "targets": list(targets),
        "clock_stops": [{"code": "waiting-for-customer"}],
        **({"clock_rules": rules} if rules else {}),
        **more,
    }
    return {name: value for name, value in version.items() if value is not None}


def sla(*versions: dict[str, Any], record_id: str = "SLA-shop") -> dict[str, Any]:
    numbered = [{"version": number, **version} for number, version in enumerate(versions, 1)]
    return {"id": record_id, "services": ["SVC-shop"], "customer": "retail-director", "versions": numbered}


def supporting(*targets: dict[str, Any], record_id: str = "SUA-network", **more: Any) -> dict[str, Any]:
    """A supporting agreement of SLA-shop."""
    version = {"version": 1, "valid_from": "2026-01-01", "targets": list(targets), **more}
    owner, supports = {"role": "it-manager"}, ["SLA-shop"]
    return {
        "id": record_id, "type": "ola", "supplier": "SUP-network", "supports": supports, "owner": owner,
        "versions": [version],
    }  # fmt: skip


def case(*lines: str, record_id: str = INCIDENT, **fields: Any) -> dict[str, Any]:
    """A record of the shop, P3 unless said otherwise."""
    timeline = []
    for line in lines:
        day, time, name, *rest = line.split()
        timeline.append({"at": text(f"{day} {time}"), "event": name, **dict(pair.split("=", 1) for pair in rest)})
    given = {"service": "SVC-shop", "impact": "medium", "urgency": "medium", **fields}
    if record_id.startswith("REQ"):
        given = {"request_type": "Access", "requested_by": "shop-lead", **given}
    return {"id": record_id, "timeline": timeline, **given}


def timers(
    what: Any, *lines: str, as_of: str = "sun 23:00", others: tuple[Any, ...] = (), **fields: Any
) -> list[Timer]:
    """The timers of one record under an SLA version (or whole agreements, in a tuple), among other records."""
    records = what if isinstance(what, tuple) else (sla(what),)
    record = case(*lines, **fields)
    book = make_book(calendar(), matrix(), *records, record, *others)
    return Clock(book).timers(book.record(record["id"]), at(as_of))


def only(measure: str, *given: Any, **more: Any) -> Timer:
    """The one timer of a measure."""
    (timer,) = [timer for timer in timers(*given, **more) if timer.measure == measure]
    return timer


def drawn(timer: Timer) -> list[tuple[str, str, float]]:
    """What each segment was, why, and for how many hours."""
    return [(segment.what, segment.why, segment.seconds / HOUR) for segment in timer.segments]
