"""The clocks that run for a case under the terms of one agreement, and those that are missing there."""

from collections.abc import Iterator, Sequence
from typing import Final

from servicebook.clock.agreements import Agreements, Hours
from servicebook.clock.course import Basis, Case, Course, course, course_to, given_up, judged, left_out
from servicebook.clock.gaps import gaps
from servicebook.clock.levels import Priority
from servicebook.clock.runs import Run
from servicebook.clock.terms import INCIDENT, PLAIN, REQUEST, Lane, Measure, Target, Terms
from servicebook.clock.timer import Timer

EXPECTED: Final[dict[str, tuple[Measure, ...]]] = {INCIDENT: ("response", "resolution"), REQUEST: ("fulfilment",)}
"""What an SLA is expected to have a target for: where it has none, a timer says so."""

NO_TARGET: Final = "no {measure} target for {level}"
NO_CALENDAR: Final = "no calendar agreed"


def clocks(case: Case, lane: Lane, run: Run, basis: Basis, agreements: Agreements) -> Iterator[Timer]:
    """A timer for each target of a lane that fits the case and its priority by the end of the run."""
    targets_of = basis.terms.fitting(case.kind, case.service, case.request_type).get(lane, {})
    for measure, targets in targets_of.items():
        if measure == "update":
            if run.number == 1:
                yield from _news(case, run.first, targets, basis, agreements)
            continue
        found = course(case, run, measure, lane.until, basis)
        for target in targets:
            if target.priority in (None, found.priority.level):
                yield _timer(case, target, found, basis, agreements)


def missing(case: Case, run: Run, basis: Basis, there: set[Measure]) -> Iterator[Timer]:
    """A timer that is left out for each expected measure, of those not `there`, for which no target fits the case."""
    targets = [
        target
        for measures in basis.terms.fitting(case.kind, case.service, case.request_type).values()
        for found in measures.values()
        for target in found
    ]
    whole = Run(1, run.first, len(case.timeline.events))  # what no target asks for is missing once, not in each run
    for measure in expected(case, [basis.terms]):
        if measure in there:
            continue
        found = course(case, run, measure, PLAIN.until, basis)
        level = found.priority.level
        if not any(target.measure == measure and target.priority in (None, level) for target in targets):
            reason = _reason(case, whole, found.priority, basis) or NO_TARGET.format(measure=measure, level=level)
            yield left_out(case, measure, found, reason, basis)


def expected(case: Case, terms: Sequence[Terms]) -> tuple[Measure, ...]:
    """The measures for which these terms should have a target: of requests only where they speak of requests."""
    if case.kind == REQUEST and not any(target.kind == REQUEST for found in terms for target in found.targets):
        return ()
    return EXPECTED.get(case.kind, ())


def _news(case: Case, first: int, targets: Sequence[Target], basis: Basis, agreements: Agreements) -> Iterator[Timer]:
    """The first time without news that was too long; where none was, the last."""
    timer = None
    for gap in gaps(case.timeline, first):
        found = course_to(case, gap.run, gap.run.first, gap.stop, basis)
        for target in targets:
            if target.priority in (None, found.priority.level):
                timer = _timer(case, target, found, basis, agreements)
                if timer.state == "breached":
                    yield timer
                    return
    if timer is not None:
        yield timer


def _timer(case: Case, target: Target, found: Course, basis: Basis, agreements: Agreements) -> Timer:
    reason, hours = _reason(case, found.run, found.priority, basis), Hours(None)
    if not reason and target.working:
        calendar = basis.terms.calendar
        hours = Hours(None, reason=NO_CALENDAR) if calendar is None else agreements.hours(calendar, basis.day)
        reason = hours.reason
    if reason:
        return left_out(case, target.measure, found, reason, basis, target)
    return judged(case, target, found, basis, hours)


def _reason(case: Case, run: Run, priority: Priority, basis: Basis) -> str:
    """Why nothing is judged in a run, whatever the target; empty where something is."""
    return given_up(case, run) or basis.released or priority.reason
