"""What a book shows for one entry of evidence: its state, the day that goes with it, and the records that count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Final, Literal, NamedTuple

from servicebook.book import Book
from servicebook.cadence import after
from servicebook.clock import zone
from servicebook.record import Record
from servicebook.standards.as_made import AsMade
from servicebook.standards.fitting import chosen, day, lacking, newest, spans
from servicebook.standards.standard import Evidence, Selection, Source
from servicebook.standards.step import Step, next_step

State = Literal["out-of-scope", "met", "not-due", "stale", "missing"]

STATES: Final[tuple[State, ...]] = ("out-of-scope", "met", "not-due", "stale", "missing")
"""The states, the better before the worse. Out of scope is none of them: nothing is asked."""


class Reason(NamedTuple):
    """Why nothing is asked: "profile" (not in view there), "clauses" (not among those in view), "excluded" (with the
    reason that servicebook.toml gives), "no-case" (there is no record of the kind that would ask). `text` is the
    name or reason in question."""

    name: Literal["profile", "clauses", "excluded", "no-case"]
    text: str


@dataclass(frozen=True)
class Answer:
    """How a book stands to one entry of evidence.

    `day` is until when it is met, since when it is stale, or when it falls due; None where no day is set. `records`
    are those that count, or counted until they became stale. `without` are those of `each` for which there is
    nothing, `as_made` those that would count had anybody written in them. `reason` says why nothing is asked,
    `step` what would close a gap.
    """

    evidence: Evidence
    state: State
    day: date | None = None
    records: tuple[Record, ...] = ()
    without: tuple[Record, ...] = ()
    as_made: tuple[Record, ...] = ()
    reason: Reason | None = None
    step: Step | None = None


class _Verdict(NamedTuple):
    state: State
    day: date | None
    records: tuple[Record, ...]
    as_made: tuple[Record, ...]


class Examiner:
    """Answers entries of evidence for a book as of a day. Nothing is due before `since` and one interval more."""

    def __init__(self, book: Book, today: date, since: date) -> None:
        self.book = book
        self.today = today
        self.since = since
        self._zone = zone(book.config.zone)
        self._made = AsMade()

    def answer(self, evidence: Evidence) -> Answer:
        """The answer to one entry."""
        config = self.book.config
        if not config.has_in_view(evidence.profile) or not all(map(self.book.in_view, evidence.kinds())):
            return Answer(evidence, "out-of-scope", reason=Reason("profile", config.profile))
        if evidence.when is not None and not self._holding(evidence.when):
            return Answer(evidence, "not-due", reason=Reason("no-case", evidence.when.kind))
        if evidence.each is None:
            verdict = self._verdict(evidence, None, self.since)
            return Answer(
                evidence, verdict.state, verdict.day, verdict.records,
                as_made=verdict.as_made, step=self._step(evidence, None, verdict),
            )  # fmt: skip
        asking = self._holding(evidence.each)
        if not asking:
            return Answer(evidence, "not-due", reason=Reason("no-case", evidence.each.kind))
        return self._for_each(evidence, asking, evidence.each)

    def _for_each(self, evidence: Evidence, asking: Sequence[Record], each: Selection) -> Answer:
        verdicts = {
            record: self._verdict(evidence, record, max(self.since, self._began(record, each))) for record in asking
        }
        state = max((verdict.state for verdict in verdicts.values()), key=STATES.index)
        day = min(
            (verdict.day for verdict in verdicts.values() if verdict.state == state and verdict.day), default=None
        )
        records = {found.id: found for verdict in verdicts.values() for found in verdict.records}
        without = tuple(record for record, verdict in verdicts.items() if verdict.state in ("missing", "stale"))
        first = next(record for record, verdict in verdicts.items() if verdict.state == state)
        as_made = {found.id: found for verdict in verdicts.values() for found in verdict.as_made}
        return Answer(
            evidence, state, day, _by_id(records.values()), without, _by_id(as_made.values()),
            step=self._step(evidence, first, verdicts[first]),
        )  # fmt: skip

    def _step(self, evidence: Evidence, each: Record | None, verdict: _Verdict) -> Step | None:
        if verdict.state == "met":
            return None
        if verdict.as_made:
            record = newest(verdict.as_made, 1)[0]
            return Step(record=record, fields=self._made.places(record), as_made=True)
        return next_step(self.book, evidence, [record for _, record in self._candidates(evidence, each)], each)

    def _verdict(self, evidence: Evidence, each: Record | None, begins: date) -> _Verdict:
        """From the days until which each fitting record counts: the n-th best of them decides."""
        found: list[tuple[date, Record]] = []
        unwritten: list[Record] = []
        for source, record in self._candidates(evidence, each):
            until = None if lacking(record, source.records) else self._until(record, source, evidence.every)
            if until is not None and self._made.places(record):
                unwritten.append(record)
            elif until is not None:
                found.append((until, record))
        found.sort(key=lambda pair: pair[0], reverse=True)
        as_made = _by_id(unwritten)
        if len(found) >= evidence.minimum:
            until = found[evidence.minimum - 1][0]
            if until >= self.today:
                good = _by_id(record for end, record in found if end >= self.today)
                return _Verdict("met", None if until == date.max else until, good, as_made)
        due = after(begins, evidence.every) if evidence.every else begins
        old = _by_id(record for _, record in found)
        if due > self.today:
            return _Verdict("not-due", due, old, as_made)
        if len(found) >= evidence.minimum:
            return _Verdict("stale", found[evidence.minimum - 1][0], old, as_made)
        return _Verdict("missing", None, old, as_made)

    def _until(self, record: Record, source: Source, every: str | None) -> date | None:
        """The last day on which a record counts; None where it never did."""
        begun = [last for first, last in spans(record, source.records.in_force) if first <= self.today]
        if not begun:
            return None
        held = day(record, source.dates, self._zone, self.today) if every or source.dates else date.min
        return None if held is None else min(max(begun), after(held, every))

    def _holding(self, selection: Selection) -> list[Record]:
        """The records of a selection that ask for something today."""
        return [
            record
            for record in self._all(selection.kind)
            if chosen(record, selection)
            and not lacking(record, selection)
            and any(first <= self.today <= last for first, last in spans(record, selection.in_force))
        ]

    def _began(self, record: Record, each: Selection) -> date:
        return min(chain.from_iterable(spans(record, each.in_force)), default=date.min)

    def _all(self, kind: str) -> list[Record]:
        return [record for record in self.book.records(kind) if self._in_scope(record)]

    def _candidates(self, evidence: Evidence, each: Record | None) -> list[tuple[Source, Record]]:
        """What is asked for, whatever it lacks: anywhere, or around a record of `each`."""
        return [
            (source, record)
            for source in evidence.sources
            for kind in [source.records.kind]
            for record in (self._all(kind) if each is None else self._around(each, kind, evidence.via))
            if chosen(record, source.records)
        ]

    def _around(self, record: Record, kind: str, via: Sequence[str]) -> list[Record]:
        """What may count for a record of `each`: itself, what is linked with it, or with one that is."""
        if kind == record.kind.name:
            return [record]
        found = {other.id: other for other in self.book.connected(record, kind)}
        for between in self.book.connected(record, *via) if via else ():
            for other in self.book.connected(between, kind):
                if not self.book.connected(other, record.kind.name):
                    found[other.id] = other
        return [other for other in _by_id(found.values()) if self._in_scope(other)]

    def _in_scope(self, record: Record) -> bool:
        """Not in scope is a service that servicebook.toml leaves out, and what names only such services."""
        inside = self.book.config.services
        if not inside:
            return True
        if record.kind.name == _SERVICE:
            return record.id in inside
        named = {link.target for link in record.links if _SERVICE in link.kinds}
        return not named or not named.isdisjoint(inside)


_SERVICE: Final = "service"


def _by_id(records: Iterable[Record]) -> tuple[Record, ...]:
    return tuple(sorted(records, key=lambda record: record.id))
