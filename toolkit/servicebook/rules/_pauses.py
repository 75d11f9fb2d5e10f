"""The pauses of incidents and service requests, and what the agreements in force when they were opened say of them."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from servicebook.book import Book
from servicebook.clock import Agreements
from servicebook.clock.terms import Terms
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._timeline import tells, told
from servicebook.source import Pointer

NAMED = ("incident", "service-request")


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
    """What `paused` makes its records of; None where there is no pause."""
    if b"paused" not in record.source():  # few are
        return None
    timeline = told(record)
    found = []
    for state, after in zip(timeline.states, (*timeline.states[1:], None), strict=True):
        if after is None or not after.pauses:  # the last state of a pause has the events of the whole
            for code in state.codes:
                events = [event for event in state.pauses if event.data.get("code") == code]
                end = None if state.end is None else state.end.isoformat()
                seen = any(event.data.get("evidence") for event in events)
                found.append([list(events[0].pointer), code, events[0].at.isoformat(), end, seen])
    if not found or timeline.opened is None:
        return None
    part, assessed = record.part, timeline.assessed(record.data)
    return [part.text("service"), part.text("request_type"), *assessed, timeline.opened.isoformat(), found]


def paused(book: Book, rule: str, agreements: Agreements) -> Iterator[Paused]:
    """The records whose pauses a rule noted, with the pauses that had begun when the book is looked at."""
    for name, (service, request_type, impact, urgency, opened, found) in book.notes(rule).items():
        begun = [
            Pause(tuple(pointer), code, datetime.fromisoformat(start), _instant(end), evidence)
            for pointer, code, start, end, evidence in found
        ]
        seen = [pause for pause in begun if pause.start <= book.as_of]
        if seen and name in book.by_id:
            day = agreements.day(datetime.fromisoformat(opened))
            yield Paused(book.by_id[name], service, request_type, impact, urgency, day, seen)


def agreed(case: Paused, agreements: Agreements) -> Iterator[tuple[Terms, Terms]]:
    """The terms of each SLA and of what supports it that were in force when a record was opened, and that SLA's."""
    slas = agreements.slas(case.service)
    for sla in slas:
        terms = agreements.agreed(sla, case.day).terms
        if terms is not None:
            yield terms, terms
    for agreement, supported in agreements.supporting(slas):
        terms = agreements.agreed(agreement, case.day).terms
        first = next((found for sla in supported if (found := agreements.agreed(sla, case.day).terms)), None)
        if terms is not None and first is not None:
            yield terms, first


def _instant(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
