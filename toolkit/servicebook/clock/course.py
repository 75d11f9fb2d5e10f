"""One clock of one case: where it begins to count, what stops it, by which priority, and how it came out."""

from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from servicebook.clock.agreements import Hours
from servicebook.clock.counting import Span, counted, stretches
from servicebook.clock.hours import after
from servicebook.clock.levels import Levels, Priority
from servicebook.clock.runs import Run, reopenings
from servicebook.clock.stops import GIVEN_UP, stopped
from servicebook.clock.terms import Measure, Target, Terms, Until
from servicebook.clock.timeline import Timeline
from servicebook.clock.timer import COUNTING, PAUSED, Outcome, Timer, due_at
from servicebook.record import Record


class Case(NamedTuple):
    """One incident or service request as it stood at `as_of`."""

    record: Record
    timeline: Timeline
    as_of: datetime

    @property
    def kind(self) -> str:
        return self.record.kind.name

    @property
    def service(self) -> str | None:
        return self.record.data.get("service")

    @property
    def request_type(self) -> str | None:
        return self.record.data.get("request_type")


class Basis(NamedTuple):
    """By what a clock is judged: the terms in force when it started, and the priorities of their matrix.

    `agreement` is a supporting agreement, and then `sla` is the one that it supports. `released` is why the case as
    a whole is not judged, if it is not.
    """

    terms: Terms
    day: str
    levels: Levels
    sla: str
    sla_version: int
    agreement: str | None = None
    released: str = ""


class Course(NamedTuple):
    """The positions of a run between which one measure counts, and the priority by which it is judged.

    `begin` is later than the run's first event where what lies before was dropped. `stop` is None while it runs.
    Pauses before `forgotten` are not allowed for.
    """

    run: Run
    begin: int
    stop: int | None
    priority: Priority
    forgotten: datetime | None


def course(case: Case, run: Run, measure: Measure, until: Until, basis: Basis) -> Course:
    """The course of a measure through a run."""
    begin = run.first
    if basis.terms.reopening == "restart":
        begin = max([begin, *reopenings(case.timeline, until, run.first, run.last)])
    return course_to(case, run, begin, stopped(measure, until, case.timeline, run, begin), basis)


def course_to(case: Case, run: Run, begin: int, stop: int | None, basis: Basis) -> Course:
    """The course to a stop, judged by the priority as it was assessed by then."""
    record, timeline, terms = case.record, case.timeline, basis.terms
    last = run.last if stop is None else stop
    forgotten = None
    if terms.priority_change != "retain-pauses":
        change = max(basis.levels.changes(record, timeline, run.first, last), default=None)
        if change is not None and terms.priority_change == "restart":
            begin = max(begin, change)
        elif change is not None:
            forgotten = timeline.events[change].at
    return Course(run, begin, stop, basis.levels.at(record, timeline, last), forgotten)


def left_out(
    case: Case,
    measure: Measure,
    found: Course,
    reason: str,
    basis: Basis | None = None,
    target: Target | None = None,
    sla: str | None = None,
) -> Timer:
    """The timer of a clock that is not judged, and why. Without a basis no version of `sla` says anything."""
    start, stop = _start_and_stop(case, found)
    timer = Timer(
        record=case.record.id,
        kind=case.kind,
        measure=measure,
        run=found.run.number,
        service=case.service,
        priority=found.priority.level,
        start=start,
        stop=stop,
        settled=stop,
        left_out=reason,
        sla=sla,
    )
    if basis is None:
        return timer
    return replace(
        timer,
        sla=basis.sla,
        sla_version=basis.sla_version,
        matrix=found.priority.matrix,
        matrix_version=found.priority.version,
        target=() if target is None else target.pointer,
        calendar=basis.terms.calendar if target is not None and target.working else None,
    )


def judged(case: Case, target: Target, found: Course, basis: Basis, hours: Hours) -> Timer:
    """The timer of a target whose limit the course must keep."""
    terms = basis.terms
    start, stop = _start_and_stop(case, found)
    span = Span(start, found.begin, stop or case.as_of.replace(microsecond=0), found.forgotten)
    laid = tuple(stretches(case.record.id, case.timeline, span, target.lane, terms, hours.calendar))
    seconds = counted(laid, COUNTING, hours.calendar)
    if seconds < target.limit:
        due = after(hours.calendar, laid[-1].end if laid else start, target.limit - seconds)
    else:
        due = due_at(hours.calendar, laid, target.limit, start)
    state = _outcome(seconds, target.limit, stop, terms)
    return Timer(
        record=case.record.id,
        kind=case.kind,
        measure=target.measure,
        run=found.run.number,
        service=case.service,
        priority=found.priority.level,
        start=start,
        stop=stop,
        sla=basis.sla,
        sla_version=basis.sla_version,
        agreement=basis.agreement,
        agreement_version=terms.version if basis.agreement else None,
        matrix=found.priority.matrix,
        matrix_version=found.priority.version,
        target=target.pointer,
        calendar=terms.calendar if target.working else None,
        calendar_version=hours.version,
        limit_seconds=target.limit,
        due=due,
        counted_seconds=seconds,
        paused_seconds=counted(laid, PAUSED, hours.calendar),
        state=state,
        settled=due if state == "breached" and not terms.judged_at_stop else stop,
        stretches=laid,
        hours=hours.calendar,
    )


def given_up(case: Case, run: Run) -> str:
    """The state in which the record was given up in a run; empty where it was not."""
    state = case.timeline.state_before(run.last)
    return state.name if state is not None and state.name in GIVEN_UP else ""


def _outcome(seconds: int, limit: int, stop: datetime | None, terms: Terms) -> Outcome:
    over = seconds > limit or (seconds == limit and terms.breached_on_limit)
    if stop is None and (terms.judged_at_stop or not over):
        return "running"
    return "breached" if over else "met"


def _start_and_stop(case: Case, found: Course) -> tuple[datetime, datetime | None]:
    events = case.timeline.events
    return events[found.run.first].at, None if found.stop is None else events[found.stop].at
