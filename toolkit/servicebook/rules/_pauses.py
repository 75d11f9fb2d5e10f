"""The pauses of incidents and service requests, and what the agreements in force when they were opened say of them.

Thousands of records have paused, and few of them against what was agreed. So what is kept of each is little, made
without walking its timeline, and tells rather too much than too little; only records that it speaks against are read.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from servicebook.book import Book
from servicebook.clock import Agreements, Timeline
from servicebook.clock.terms import Stop, Terms
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._timeline import tells, told
from servicebook.source import Pointer

NAMED: Final = ("incident", "service-request")
NOTED_BY: Final = "pause-longer-than-agreed"
"""The rule that keeps what is noted of pauses, once for all that read it."""


class Wait(NamedTuple):
    """One event that may have begun a pause or joined one, and how long that may have been on."""

    code: str
    start: datetime
    end: datetime
    evidence: bool


class Pause(NamedTuple):
    """One code of a pause: where its first event stands, from when to when it was on, and whether any of its events
    says where it can be seen. A pause that is still on has no `end`."""

    pointer: Pointer
    code: str
    start: datetime
    end: datetime | None
    evidence: bool


class Paused(NamedTuple):
    """A record with its pauses. Impact and urgency are as last assessed, `day` is that of its opening."""

    record: Record
    service: str | None
    request_type: str | None
    impact: str | None
    urgency: str | None
    day: str
    pauses: list[Pause]


def pauses(kind: Kind) -> bool:
    """Whether records of a kind are judged by agreements and may pause."""
    return tells(kind, *NAMED)


def noted(record: Record) -> list[Any] | None:
    """The service, when it was opened, and [code, start, end or None, evidence] of each `paused` event; None without.

    An event that the lifecycle does not allow is taken for a pause here as well. The times are as they stand there.
    """
    lifecycle = record.kind.lifecycle
    if lifecycle is None or b"paused" not in record.source():  # few are
        return None
    try:
        events = sorted(record.data.get(lifecycle.timeline, ()), key=_when)
    except ValueError:  # an instant that no calendar has
        return None
    opened: str | None = None
    found: list[list[Any]] = []
    ended = 0  # how many of those found have their end
    for event in events:
        comes_in, leads_to = lifecycle.events.get(event["event"], (frozenset(), None))
        if opened is None and leads_to is not None and None in comes_in:
            opened = event["at"]
        if leads_to == "paused":
            found.append([event.get("code", ""), event["at"], None, bool(event.get("evidence"))])
        elif leads_to is not None and "paused" in comes_in:
            for pause in found[ended:]:
                pause[2] = event["at"]
            ended = len(found)
    return [record.part.text("service"), opened, found] if found and opened is not None else None


def paused(book: Book, agreements: Agreements, against: Callable[[Stop, Wait], bool]) -> Iterator[Paused]:
    """The records with a pause that may be against what an agreement of their day says of its code, each with all of
    its pauses that had begun when the book is looked at."""
    codes = _limited(book, agreements)
    for name, (service, opened, found) in book.notes(NOTED_BY).items() if codes else ():
        waits = [_wait(book, *values) for values in found if values[0] in codes]
        if waits:
            day = agreements.day(datetime.fromisoformat(opened))
            stops = [terms.stops for terms, _ in agreed(service, day, agreements)]
            if any(wait.code in by and against(by[wait.code], wait) for by in stops for wait in waits):
                yield from _read(book, book.by_id[name], agreements)


def agreed(service: str | None, day: str, agreements: Agreements) -> Iterator[tuple[Terms, Terms]]:
    """The terms of each SLA of a service and of what supports it that are in force on a day, and those of that SLA."""
    slas = agreements.slas(service)
    for sla in slas:
        terms = agreements.agreed(sla, day).terms
        if terms is not None:
            yield terms, terms
    for agreement, supported in agreements.supporting(slas):
        terms = agreements.agreed(agreement, day).terms
        first = next((found for sla in supported if (found := agreements.agreed(sla, day).terms)), None)
        if terms is not None and first is not None:
            yield terms, first


def _limited(book: Book, agreements: Agreements) -> set[str]:
    """The codes for which any agreement asks for evidence or has a maximum."""
    return {
        code
        for kind in ("sla", "supporting-agreement")
        for agreement in book.records(kind)
        for terms in agreements.terms(agreement)
        for code, stop in terms.stops.items()
        if stop.evidence or stop.maximum is not None
    }


def _read(book: Book, record: Record, agreements: Agreements) -> Iterator[Paused]:
    timeline = told(record)
    begun = [pause for pause in _pauses(timeline) if pause.start <= book.as_of]
    if begun and timeline.opened is not None:
        service, request_type = record.part.text("service"), record.part.text("request_type")
        day = agreements.day(timeline.opened)
        yield Paused(record, service, request_type, *timeline.assessed(record.data), day, begun)


def _pauses(timeline: Timeline) -> Iterator[Pause]:
    for state, after in zip(timeline.states, (*timeline.states[1:], None), strict=False):
        if after is None or not after.pauses:  # the last state of a pause has the events of the whole
            for code in state.codes:
                events = [event for event in state.pauses if event.data.get("code") == code]
                seen = any(event.data.get("evidence") for event in events)
                yield Pause(events[0].pointer, code, events[0].at, state.end, seen)


def _wait(book: Book, code: str, start: str, end: str | None, evidence: bool) -> Wait:
    return Wait(code, _second(start), min(_second(end), book.as_of) if end else book.as_of, evidence)


def _when(event: Mapping[str, Any]) -> datetime:
    return _second(event["at"])


def _second(text: str) -> datetime:
    """An instant of an accepted record as timelines have it: fractions of a second are dropped."""
    moment = datetime.fromisoformat(text)
    return moment.replace(microsecond=0) if moment.microsecond else moment
