"""The clock of a book: finds what was agreed for an incident and runs its timers."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from servicebook.book import Book
from servicebook.clock.agreements import Agreements, Hours, Priority
from servicebook.clock.timeline import OPEN_STATES, State, Timeline, walk
from servicebook.clock.timer import COUNTING, PAUSED, RESOLVED, Measure, Segment, Timer, count, due_at
from servicebook.clock.versions import in_force
from servicebook.errors import Problem
from servicebook.record import Record
from servicebook.source import Pointer

MEASURES: tuple[Measure, ...] = ("response", "resolution")
CANCELLED = "cancelled"

_DURATION = re.compile(r"(?:([0-9]+)h)?(?:([0-9]+)m)?")


class Clock:
    """Timers for the incidents of one book. Make one and ask it often: agreements and calendars are kept."""

    def __init__(self, book: Book) -> None:
        self.agreements = Agreements(book)
        self._lifecycle = book.kinds.named("incident").lifecycle

    def timeline(self, incident: Record, as_of: datetime) -> Timeline:
        """What the incident's timeline says up to an instant. Raises Problem where its kind has no lifecycle."""
        if self._lifecycle is None:
            raise Problem("The kind incident has no lifecycle.", "Give its schema the keyword x-lifecycle.")
        return walk(incident.data, self._lifecycle, as_of)

    def priority(self, incident: Record, timeline: Timeline) -> Priority:
        """The priority of an incident, by the matrix that was in force when it was opened."""
        if timeline.opened is None:
            return Priority(None, reason="not opened")
        return self.agreements.priority(incident, timeline, self.agreements.day(timeline.opened))

    def timers(self, incident: Record, as_of: datetime, timeline: Timeline | None = None) -> list[Timer]:
        """Every timer of an incident: one a target of each SLA of its service; where a measure has none, why.

        Empty for an incident that is not opened by `as_of`. A `timeline` already walked may be handed in.
        """
        timeline = timeline or self.timeline(incident, as_of)
        if timeline.opened is None:
            return []
        slas = self.agreements.slas(incident.data.get("service"))
        if slas:
            day = self.agreements.day(timeline.opened)
            return [timer for sla in slas for timer in self._under(sla, incident, timeline, day, as_of)]
        reason = "no SLA for the service" if "service" in incident.data else "no service"
        level = self.priority(incident, timeline).level
        return [_timer(incident, measure, timeline, level, reason) for measure in MEASURES]

    def _under(self, sla: Record, incident: Record, timeline: Timeline, day: str, as_of: datetime) -> Iterator[Timer]:
        """The timers under one SLA."""
        version, place, reason = in_force(sla.data["versions"], day, "SLA")
        if version is None:
            level = self.agreements.priority(incident, timeline, day).level
            for measure in MEASURES:
                yield _timer(incident, measure, timeline, level, reason, sla.id)
            return
        level, _, _, reason = self.agreements.priority_by(version["matrix"], incident, timeline, day)
        if timeline.status == CANCELLED:
            reason = CANCELLED
        for measure in MEASURES:
            targets = [
                ("versions", place, "targets", number)
                for number, target in enumerate(version["targets"])
                if (target["measure"], target["priority"]) == (measure, level)
            ]
            if reason or not targets:
                why = reason or f"no {measure} target for {level}"
                yield _timer(incident, measure, timeline, level, why, sla.id, version["version"])
            else:
                timer = _timer(incident, measure, timeline, level, None, sla.id, version["version"])
                for target in targets:
                    yield self._run(timer, target, version, timeline, day, as_of)

    def _run(
        self,
        timer: Timer,
        pointer: Pointer,
        version: Mapping[str, Any],
        timeline: Timeline,
        day: str,
        as_of: datetime,
    ) -> Timer:
        """The timer with the figures of the target at a pointer into the SLA, whose version this is."""
        target = version["targets"][pointer[-1]]
        calendar = version["calendar"] if target["time"] == "working" else None
        hours = self.agreements.hours(calendar, day) if calendar else Hours(None)
        if hours.reason:
            return replace(timer, target=pointer, calendar=calendar, left_out=hours.reason)
        until = target.get("until", "resolved")
        stop = timer.stop if timer.measure == "response" else _ended(timeline, until)
        stops = {entry["code"] for entry in version.get("clock_stops", ())}
        stretches = tuple(_stretches(timeline, stop or as_of.replace(microsecond=0), stops, until))
        seconds = {
            what: sum(count(hours.calendar, part.start, part.end) for part in stretches if part.what == what)
            for what in (COUNTING, PAUSED)
        }
        limit = seconds_of_duration(target["limit"])
        return replace(
            timer,
            stop=stop,
            target=pointer,
            calendar=calendar,
            calendar_version=hours.version,
            limit_seconds=limit,
            due=due_at(hours.calendar, stretches, limit, timeline.states[0].start),
            counted_seconds=seconds[COUNTING],
            paused_seconds=seconds[PAUSED],
            state="breached" if seconds[COUNTING] > limit else "running" if stop is None else "met",
            stretches=stretches,
            hours=hours.calendar,
        )


def timers(book: Book, incident: Record, as_of: datetime) -> list[Timer]:
    """The timers of one incident. For many of one book make a `Clock` once and ask it."""
    return Clock(book).timers(incident, as_of)


def seconds_of_duration(text: str) -> int:
    """Seconds of a duration as records write it: 4h, 30m, 1h30m."""
    found = _DURATION.fullmatch(text)
    if not found or not text:
        raise ValueError(f"{text!r} is not a duration")
    return int(found[1] or 0) * 3600 + int(found[2] or 0) * 60


def _timer(
    incident: Record,
    measure: Measure,
    timeline: Timeline,
    priority: str | None,
    reason: str | None,
    sla: str | None = None,
    sla_version: int | None = None,
) -> Timer:
    """A timer without figures: what the timeline alone says, and the reason why there are none, if there is one."""
    stop = _answered(timeline) if measure == "response" else _ended(timeline, "resolved")
    service = incident.data.get("service")
    return Timer(incident.id, measure, service, priority, timeline.opened, stop, reason, sla, sla_version)


def _answered(timeline: Timeline) -> datetime | None:
    """When the response clock stops."""
    for event in timeline.events:
        if event.name in ("responded", "resolved"):
            return event.at
    return _ended(timeline, "resolved")


def _ended(timeline: Timeline, until: str) -> datetime | None:
    """When the resolution clock stops; None while it runs."""
    if timeline.status == CANCELLED:
        return timeline.states[-1].start
    return timeline.closed if until == "closed" else timeline.resolved


def _stretches(timeline: Timeline, stop: datetime, stops: set[str], until: str) -> Iterator[Segment]:
    """What the states alone make of the time up to `stop`."""
    for state in timeline.states:
        end = stop if state.end is None else min(state.end, stop)
        if state.start < end:
            yield Segment(state.start, end, _what(state, stops, until), ", ".join(state.codes), state.pointer)


def _what(state: State, stops: set[str], until: str) -> str:
    if state.name in OPEN_STATES:
        return PAUSED if stops.intersection(state.codes) else COUNTING
    return COUNTING if (state.name, until) == ("resolved", "closed") else RESOLVED
