"""A timeline of events, walked by the lifecycle of its kind: which state the record was in, and when.

The rules, each held by a test:

- Events are taken in order of time; those at one instant in the order of the file. Of two events in one
  second that order says which was before.
- Events later than `as_of` are not seen.
- An event that the lifecycle does not allow in the state at hand is a finding of a rule; here it
  changes no state and gives no instant.
- A pause that begins while another is on joins it: one pause, with the codes of both.
- Fractions of a second are dropped.

A *position* is the place of an event among those that the lifecycle allows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from servicebook.kinds import Lifecycle
from servicebook.record import instant
from servicebook.source import Pointer

OPEN_STATES: Final = frozenset({"new", "in-progress", "paused"})
"""The states in which a record still waits for what was asked: a solution, a fulfilment."""

DONE_STATES: Final = frozenset({"resolved", "fulfilled", "closed"})
"""The states of what was done."""

DONE_EVENTS: Final = frozenset({"resolved", "fulfilled"})
"""The events that do it."""


@dataclass(frozen=True, slots=True)
class Event:
    """One event. `pointer` is the path to it in the record; `data` is the event as it stands there."""

    at: datetime
    name: str
    pointer: Pointer
    data: Mapping[str, Any] = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class State:
    """A time in one state, begun by the event at `pointer`, whose position is `begun`. The last has no `end`.

    `pauses` are the `paused` events of the pause that is on, and `codes` their codes.
    """

    name: str
    start: datetime
    end: datetime | None
    pointer: Pointer
    begun: int
    pauses: tuple[Event, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(sorted({str(pause.data["code"]) for pause in self.pauses if "code" in pause.data}))


@dataclass(frozen=True, slots=True)
class Timeline:
    """What a timeline says up to an instant. `events` are those that the lifecycle allows; `states` adjoin."""

    events: tuple[Event, ...]
    states: tuple[State, ...]

    @property
    def status(self) -> str | None:
        """The state at the end; None for a record that is not opened yet."""
        return self.states[-1].name if self.states else None

    @property
    def opened(self) -> datetime | None:
        """When it was opened."""
        return self.states[0].start if self.states else None

    def first(self, name: str) -> Event | None:
        """The first event of a name."""
        return next((event for event in self.events if event.name == name), None)

    def last(self, name: str) -> Event | None:
        """The last event of a name."""
        return next((event for event in reversed(self.events) if event.name == name), None)

    def count(self, name: str) -> int:
        """How many events of a name there are."""
        return sum(event.name == name for event in self.events)

    def positions(self, *names: str) -> list[int]:
        """Where the events of these names stand among `events`, in order."""
        return [position for position, event in enumerate(self.events) if event.name in names]

    def state_before(self, position: int) -> State | None:
        """The state in which the event at a position came; for one beyond the last event the state at the end."""
        return next((state for state in reversed(self.states) if state.begun < position), None)

    @property
    def detected(self) -> datetime | None:
        """When it was first noticed."""
        return _at(self.first("detected"))

    @property
    def responded(self) -> datetime | None:
        """When somebody began to work on it: the first `responded`."""
        return _at(self.first("responded"))

    @property
    def resolved(self) -> datetime | None:
        """When it was resolved for good: the last `resolved`; None while it is open, or was cancelled."""
        return _at(self.last("resolved")) if self.status in ("resolved", "closed") else None

    @property
    def fulfilled(self) -> datetime | None:
        """When a request was fulfilled for good: the last `fulfilled`; None while it is open, or will not be."""
        return _at(self.last("fulfilled")) if self.status in ("fulfilled", "closed") else None

    @property
    def closed(self) -> datetime | None:
        """When it was closed for good: the last `closed`; None unless it is closed."""
        return _at(self.last("closed")) if self.status == "closed" else None

    @property
    def restored(self) -> datetime | None:
        """When the service was back: the last `restored` since it was last reopened, else `resolved`."""
        for event in reversed(self.events):
            if event.name == "restored":
                return event.at
            if event.name == "reopened":
                break
        return self.resolved

    def assessed(self, record: Mapping[str, Any], before: int | None = None) -> tuple[str | None, str | None]:
        """Impact and urgency as last assessed: those of the record, or of the last `reprioritised`.

        With `before`, of those events that stand before this position.
        """
        data = record
        for event in self.events[:before]:
            if event.name == "reprioritised":
                data = event.data
        return data.get("impact"), data.get("urgency")


def walk(record: Mapping[str, Any], lifecycle: Lifecycle, as_of: datetime) -> Timeline:
    """The timeline of a record's data, as far as it was known to have come by `as_of`."""
    events: list[Event] = []
    states: list[State] = []
    current: str | None = None
    for event in _events(record, lifecycle.timeline, as_of):
        comes_in, leads_to = lifecycle.events.get(event.name, (frozenset(), None))
        pauses_again = event.name == "paused" and current == "paused"
        if current not in comes_in and not pauses_again:
            continue
        events.append(event)
        if leads_to is None or (leads_to == current and not pauses_again):
            continue
        pauses: tuple[Event, ...] = (event,) if leads_to == "paused" else ()
        if states:
            last = states[-1]
            states[-1] = State(last.name, last.start, event.at, last.pointer, last.begun, last.pauses)
            pauses = last.pauses + pauses if pauses_again else pauses
        states.append(State(leads_to, event.at, None, event.pointer, len(events) - 1, pauses))
        current = leads_to
    return Timeline(tuple(events), tuple(states))


def _events(record: Mapping[str, Any], name: str, as_of: datetime) -> Iterator[Event]:
    found = []
    for place, data in enumerate(record.get(name, ())):
        at = instant(data["at"])
        if at <= as_of:
            found.append(Event(at.replace(microsecond=0), data["event"], (name, place), data))
    yield from sorted(found, key=lambda event: event.at)


def _at(event: Event | None) -> datetime | None:
    return None if event is None else event.at
