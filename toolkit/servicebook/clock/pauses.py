"""Which part of a pause stops a clock, and why the rest does not."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Final, NamedTuple

from servicebook.clock.calendar import Calendar
from servicebook.clock.hours import after
from servicebook.clock.terms import Stop
from servicebook.clock.timeline import Event, State

NOT_AGREED: Final = "not agreed"
NO_EVIDENCE: Final = "no evidence"
TOO_LONG: Final = "longer than agreed"
FORGOTTEN: Final = "before the priority changed"
"""Why a pause does not stop the clock."""

NEVER: Final = datetime.max.replace(tzinfo=UTC)


class Part(NamedTuple):
    """A part of a pause. `why` has its codes and, where the clock goes on, for each of them the reason.

    `event` is the one that stops the clock, else the last that began or joined the pause.
    """

    start: datetime
    end: datetime
    stops: bool
    why: str
    event: Event


class _Grant(NamedTuple):
    """What a code gets: `event` stops the clock until an instant; or none does, for a reason."""

    event: Event | None
    until: datetime
    reason: str


def parts(
    state: State,
    start: datetime,
    end: datetime,
    stops: Mapping[str, Stop],
    hours: Calendar | None,
    forgotten: datetime | None,
) -> Iterator[Part]:
    """What a state of pause does to a clock from start to end. Before `forgotten` no pause is allowed for."""
    if forgotten is not None and start < forgotten:
        yield Part(start, min(end, forgotten), False, _told(state, dict.fromkeys(state.codes, FORGOTTEN)), _last(state))
        start = forgotten
    if start >= end:
        return
    grants = {code: _grant(code, state, stops, hours) for code in state.codes}
    given = [(grant.event, grant.until) for grant in grants.values() if grant.event is not None and grant.until > start]
    if given:
        until = min(max(until for _, until in given), end)
        event = min((event for event, _ in given), key=lambda event: event.at)
        yield Part(start, until, True, ", ".join(state.codes), event)
        start = until
    if start < end:
        yield Part(start, end, False, _told(state, {code: grants[code].reason for code in grants}), _last(state))


def _grant(code: str, state: State, stops: Mapping[str, Stop], hours: Calendar | None) -> _Grant:
    if code not in stops:
        return _Grant(None, NEVER, NOT_AGREED)
    stop = stops[code]
    events = [pause for pause in state.pauses if pause.data.get("code") == code]
    event = next((event for event in events if event.data.get("evidence") or not stop.evidence), None)
    if event is None:
        return _Grant(None, NEVER, NO_EVIDENCE)
    until = None if stop.maximum is None else after(hours, events[0].at, stop.maximum)
    return _Grant(event, until or NEVER, TOO_LONG)


def _told(state: State, reasons: Mapping[str, str]) -> str:
    return ", ".join(f"{code}: {reasons[code]}" for code in state.codes)


def _last(state: State) -> Event:
    return state.pauses[-1]
