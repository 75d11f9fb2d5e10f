"""The verdict on one clock: what its minutes were, how many counted, and what follows."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from oracle import minutes
from oracle.agreed import Agreed, LeftOut
from oracle.pauses import duration, stopped
from oracle.story import DONE, GIVEN_UP, WAITING, Step, Story

NEVER = 10**9
"""The order of a step that has not come."""


@dataclass(frozen=True)
class Answer:
    """What the oracle says of one clock. Instants are minutes since the origin, durations minutes."""

    agreement: str | None
    measure: str
    run: int
    start: int
    stop: int | None
    left_out: str | None = None
    priority: str | None = None
    version: int | None = None
    matrix_version: int | None = None
    calendar_version: int | None = None
    target: int | None = None
    limit: int | None = None
    due: int | None = None
    counted: int | None = None
    paused: int | None = None
    state: str | None = None
    settled: int | None = None
    was: dict[str, int] = field(default_factory=dict, repr=False)
    """The minutes in which the time was counting, closed, paused, resolved, elsewhere or dropped."""


@dataclass(frozen=True)
class Terms:
    """What held for a clock when it started, at a minute: the version of an agreement, and that of the matrix.

    Without a matrix `no_matrix` is the reason. `excused` is why the agreement does not bind in this case, if so.
    """

    agreed: Agreed
    at: int
    agreement: str
    version: dict[str, Any]
    matrix: dict[str, Any] | None
    no_matrix: str | None = None
    excused: str | None = None

    @property
    def targets(self) -> list[dict[str, Any]]:
        """What was promised."""
        return self.version.get("targets", [])

    def rule(self, name: str) -> str:
        """What was agreed for one of the cases over which service desks differ."""
        usual = {
            "reopening": "resume",
            "priority_change": "retain-pauses",
            "exactly_on_limit": "met",
            "still_open": "at-limit",
        }
        return (usual | self.version.get("clock_rules", {}))[name]

    def levels(self, story: Story, stop: Step | None) -> list[tuple[int, str | None]]:
        """The priorities given before a step, each with the order of the event that gave it; -1 is the record's."""
        given = [(-1, story.record), *((step.order, step.data) for step in story.named("reprioritised"))]
        last = NEVER if stop is None else stop.order
        return [(order, level(self.matrix, data)) for order, data in given if order < last]

    def not_judged(self, story: Story) -> str | None:
        """Why nothing is judged of this story, for a reason that lies in the case."""
        return (story.status if story.status in GIVEN_UP else None) or self.excused or self.no_matrix


def level(matrix: dict[str, Any] | None, assessed: dict[str, Any]) -> str | None:
    """The priority of an impact and an urgency."""
    return None if matrix is None else matrix["priority"][assessed["impact"]][assessed["urgency"]]


def fits(target: dict[str, Any], story: Story, level: str | None) -> bool:
    """Whether a target is for a record of this kind, service, type and level."""
    kind = target.get("kind", "service-request" if target["measure"] == "fulfilment" else "incident")
    record = story.record
    return (
        kind == story.kind
        and record["service"] in target.get("services", [record["service"]])
        and record.get("request_type") in target.get("request_types", [record.get("request_type")])
        and level == target.get("priority", level)
    )


def judge(
    terms: Terms, number: int, story: Story, run: int, start: Step, begin: Step, stop: Step | None
) -> Answer | None:
    """The verdict on the clock of the `number`-th target, which started with one step, began anew with another
    (the same, if it never did), and stopped with a third. None where the target is not for this record."""
    target = terms.targets[number]
    levels = terms.levels(story, stop)
    if not fits(target, story, levels[-1][1]):
        return None
    end = story.end if stop is None else stop.at
    clock = terms.agreement, target["measure"], run, start.at, None if stop is None else end
    if reason := terms.not_judged(story):
        return Answer(*clock, reason)
    try:
        hours, calendar_version = terms.agreed.hours(terms.version, target, terms.at)
    except LeftOut as reason:
        return Answer(*clock, str(reason))

    changes = [order for (_, old), (order, new) in pairwise(levels) if old != new and order > start.order]
    pauses = stopped(story, terms.version.get("clock_stops", []), hours)
    if changes and terms.rule("priority_change") == "retain":
        pauses &= minutes.since(story.steps[changes[-1]].at)
    if changes and terms.rule("priority_change") == "restart":
        begin = story.steps[max(changes[-1], begin.order)]

    waits = story.in_state(WAITING | (DONE if target.get("until") == "closed" else set()))
    ours = story.with_team(target["assigned_to"]) if "assigned_to" in target else minutes.ALL
    rest = minutes.span(start.at, end)
    was = {}
    for word, which in (
        ("dropped", minutes.before(begin.at)),
        ("closed", ~hours.open(end)),
        ("resolved", ~waits),
        ("elsewhere", ~ours),
        ("paused", pauses),
    ):
        was[word] = rest & which
        rest &= ~which
    was["counting"] = rest

    limit, counted = duration(target["limit"]), minutes.count(rest)
    due = minutes.end_of(rest, limit) if counted >= limit else hours.after(end, limit - counted)
    over = counted > limit or (counted == limit and terms.rule("exactly_on_limit") == "breached")
    at_stop = terms.rule("still_open") == "at-stop"
    state = "breached" if over else "met"
    if stop is None and (at_stop or not over):
        state = "running"
    return Answer(
        *clock, None, levels[-1][1], terms.version["version"], terms.matrix["version"], calendar_version,
        number, limit, due, counted, minutes.count(was["paused"]), state,
        {"running": None, "met": end, "breached": end if at_stop else due}[state], was,
    )  # fmt: skip
