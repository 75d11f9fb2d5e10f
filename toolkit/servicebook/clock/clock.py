"""The clock of a book: by which agreements a case is judged, and the timers that they give."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from servicebook.book import Book
from servicebook.clock.agreements import Agreements
from servicebook.clock.course import Basis, Case, Course, left_out
from servicebook.clock.levels import Priority
from servicebook.clock.releases import released
from servicebook.clock.runs import Run, runs, started
from servicebook.clock.stops import stopped
from servicebook.clock.terms import INCIDENT, MEASURES, PLAIN, Lane, Measure
from servicebook.clock.timeline import Timeline, walk
from servicebook.clock.timer import Timer
from servicebook.clock.under import EXPECTED, clocks, expected, missing
from servicebook.clock.workload import Workload
from servicebook.errors import Problem
from servicebook.record import Record


class Clock:
    """Timers for the incidents and service requests of one book. Make one and ask it often: what was agreed is kept."""

    def __init__(self, book: Book) -> None:
        self.agreements = Agreements(book)
        self.workload = Workload(book, self.agreements)

    def timeline(self, record: Record, as_of: datetime) -> Timeline:
        """What the record's timeline says up to an instant. Raises Problem where its kind has no lifecycle."""
        if record.kind.lifecycle is None:
            raise Problem(f"The kind {record.kind.name} has no lifecycle.", "Give its schema the keyword x-lifecycle.")
        return walk(record.data, record.kind.lifecycle, as_of)

    def priority(self, record: Record, timeline: Timeline) -> Priority:
        """The priority of a record, as last assessed, by the matrix that was in force when it was opened."""
        if timeline.opened is None:
            return Priority(None, reason="not opened")
        return self.agreements.priority(record, timeline, self.agreements.day(timeline.opened))

    def timers(self, record: Record, as_of: datetime, timeline: Timeline | None = None) -> list[Timer]:
        """Every timer of a record: under each SLA of its service by id, then under each agreement that supports one.

        Of one agreement they are listed by measure, run and target. Empty for a record that is not opened by `as_of`.
        A `timeline` already walked may be handed in.
        """
        timeline = timeline or self.timeline(record, as_of)
        if timeline.opened is None:
            return []
        case = Case(record, timeline, as_of)
        slas = self.agreements.slas(case.service)
        if not slas:
            return list(self._unpromised(case))
        found: list[Timer] = []
        for sla in slas:
            found += sorted(self._promised(case, sla), key=_listed)
        for agreement, supported in self.agreements.supporting(slas):
            timers = self._supporting(case, agreement, supported)
            found += sorted((timer for timer in timers if timer.left_out is None), key=_listed)
        return found

    def _unpromised(self, case: Case) -> Iterator[Timer]:
        """An incident of which no SLA speaks."""
        if case.kind == INCIDENT:
            reason = "no service" if case.service is None else "no SLA for the service"
            for measure in EXPECTED[INCIDENT]:
                yield self._unjudged(case, measure, PLAIN, case.timeline.states[0].begun, reason)

    def _promised(self, case: Case, sla: Record) -> Iterator[Timer]:
        """The timers under one SLA."""
        assert case.timeline.opened is not None
        why = released(case.record, case.timeline.opened, sla, case.as_of, self.agreements, self.workload)
        for lane, run in self._runs(case, sla):
            day = self.agreements.day(case.timeline.events[run.first].at)
            terms, reason = self.agreements.agreed(sla, day)
            if terms is not None:
                levels = self.agreements.levels(terms.matrix or "", day)
                basis = Basis(terms, day, levels, sla.id, terms.version, released=why)
                found = list(clocks(case, lane, run, basis, self.agreements))
                yield from found
                if lane == PLAIN and run.number == 1:
                    yield from missing(case, run, basis, {timer.measure for timer in found})
            elif run.number == 1:
                for measure in self._unknown(case, sla, lane):
                    yield self._unjudged(case, measure, lane, run.first, reason, sla.id)

    def _supporting(self, case: Case, agreement: Record, supported: Sequence[Record]) -> Iterator[Timer]:
        """The timers under an agreement that supports these SLAs. The first of them that is in force has the matrix."""
        for lane, run in self._runs(case, agreement):
            day = self.agreements.day(case.timeline.events[run.first].at)
            terms = self.agreements.agreed(agreement, day).terms
            sla = next((found for sla in supported if (found := self.agreements.agreed(sla, day).terms)), None)
            if terms is not None and sla is not None:
                levels = self.agreements.levels(sla.matrix or "", day)
                basis = Basis(terms, day, levels, sla.agreement, sla.version, agreement.id)
                yield from clocks(case, lane, run, basis, self.agreements)

    def _runs(self, case: Case, agreement: Record) -> Iterator[tuple[Lane, Run]]:
        """The runs of each lane of an agreement."""

        def begins_anew(start: datetime) -> bool:
            terms = self.agreements.agreed(agreement, self.agreements.day(start)).terms
            return terms is not None and terms.reopening == "new"

        for lane in self.agreements.lanes(agreement):
            first = started(lane, case.timeline)
            if first is not None:
                for run in runs(case.timeline, first, lane.until, begins_anew):
                    yield lane, run

    def _unknown(self, case: Case, sla: Record, lane: Lane) -> list[Measure]:
        """The measures of a lane of which nobody can say what was promised, for want of one version in force."""
        versions = self.agreements.terms(sla)
        if lane == PLAIN:
            return list(expected(case, versions))
        if lane.start == "opened":
            return []
        fitting = (terms.fitting(case.kind, case.service, case.request_type) for terms in versions)
        return sorted({measure for found in fitting for measure in found.get(lane, ())}, key=MEASURES.index)

    def _unjudged(
        self, case: Case, measure: Measure, lane: Lane, first: int, reason: str, sla: str | None = None
    ) -> Timer:
        """A timer without terms: what the timeline alone says, and why there is no more."""
        run = Run(1, first, len(case.timeline.events))
        stop = stopped(measure, lane.until, case.timeline, run, first)
        day = self.agreements.day(case.timeline.events[first].at)
        priority = self.agreements.priority(case.record, case.timeline, day, stop)
        return left_out(case, measure, Course(run, first, stop, priority, None), reason, sla=sla)


def timers(book: Book, record: Record, as_of: datetime) -> list[Timer]:
    """The timers of one record. For many of one book make a `Clock` once and ask it."""
    return Clock(book).timers(record, as_of)


def _listed(timer: Timer) -> tuple[int, int, tuple[str | int, ...]]:
    return MEASURES.index(timer.measure), timer.run, timer.target
