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
from servicebook.standards.fitting import chosen, day, lacking, spans
from servicebook.standards.standard import Evidence, Selection
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
    nothing. `reason` says why nothing is asked, `step` what would close a gap.
    """

    evidence: Evidence
    state: State
    day: date | None = None
    records: tuple[Record, ...] = ()
    without: tuple[Record, ...] = ()
    reason: Reason | None = None
    step: Step | None = None


class _Verdict(NamedTuple):
    state: State
    day: date | None
    records: tuple[Record, ...]


class Examiner:
    """Answers entries of evidence for a book as of a day. Nothing is due before `since` and one interval more."""

    def __init__(self, book: Book, today: date, since: date) -> None:
        self.book = book
        self.today = today
        self.since = since
        self._zone = zone(book.config.zone)

    def answer(self, evidence: Evidence) -> Answer:
        """The answer to one entry."""
        config = self.book.config
        if not config.has_in_view(evidence.profile) or not all(map(self.book.in_view, evidence.kinds())):
            return Answer(evidence, "out-of-scope", reason=Reason("profile", config.profile))
        if evidence.when is not None and not self._holding(evidence.when):
            return Answer(evidence, "not-due", reason=Reason("no-case", evidence.when.kind))
        if evidence.each is None:
            candidates = self._all(evidence.records.kind)
            verdict = self._verdict(evidence, candidates, self.since)
            step = None if verdict.state == "met" else next_step(self.book, evidence, candidates, None)
            return Answer(evidence, *verdict, step=step)
        asking = self._holding(evidence.each)
        if not asking:
            return Answer(evidence, "not-due", reason=Reason("no-case", evidence.each.kind))
        return self._for_each(evidence, asking, evidence.each)

    def _for_each(self, evidence: Evidence, asking: Sequence[Record], each: Selection) -> Answer:
        verdicts = {
            record: self._verdict(evidence, self._around(record, evidence), max(self.since, self._began(record, each)))
            for record in asking
        }
        state = max((verdict.state for verdict in verdicts.values()), key=STATES.index)
        day = min(
            (verdict.day for verdict in verdicts.values() if verdict.state == state and verdict.day), default=None
        )
        records = {found.id: found for verdict in verdicts.values() for found in verdict.records}
        without = tuple(record for record, verdict in verdicts.items() if verdict.state in ("missing", "stale"))
        first = next(record for record, verdict in verdicts.items() if verdict.state == state)
        step = None if state == "met" else next_step(self.book, evidence, self._around(first, evidence), first)
        return Answer(evidence, state, day, _by_id(records.values()), without, step=step)

    def _verdict(self, evidence: Evidence, candidates: Iterable[Record], begins: date) -> _Verdict:
        """From the days until which each fitting record counts: the n-th best of them decides."""
        found = [
            (until, record)
            for record in candidates
            if chosen(record, evidence.records)
            and not lacking(record, evidence.records)
            and (until := self._until(record, evidence)) is not None
        ]
        found.sort(key=lambda pair: pair[0], reverse=True)
        if len(found) >= evidence.minimum:
            until = found[evidence.minimum - 1][0]
            if until >= self.today:
                good = _by_id(record for end, record in found if end >= self.today)
                return _Verdict("met", None if until == date.max else until, good)
        due = after(begins, evidence.every) if evidence.every else begins
        old = _by_id(record for _, record in found)
        if due > self.today:
            return _Verdict("not-due", due, old)
        if len(found) >= evidence.minimum:
            return _Verdict("stale", found[evidence.minimum - 1][0], old)
        return _Verdict("missing", None, old)

    def _until(self, record: Record, evidence: Evidence) -> date | None:
        """The last day on which a record counts; None where it never did."""
        begun = [last for first, last in spans(record, evidence.records.in_force) if first <= self.today]
        if not begun:
            return None
        held = day(record, evidence.date, self._zone) if evidence.every or evidence.date else date.min
        if held is None or held > self.today:
            return None
        return min(max(begun), after(held, evidence.every))

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

    def _around(self, record: Record, evidence: Evidence) -> list[Record]:
        """What may count for a record of `each`: itself, or what is linked with it."""
        kind = evidence.records.kind
        if kind == record.kind.name:
            return [record]
        return [other for other in self.book.connected(record, kind) if self._in_scope(other)]

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
