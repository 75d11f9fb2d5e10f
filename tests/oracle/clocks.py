"""Which clocks a record started, from which step to which."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from oracle.agreed import Agreed, LeftOut
from oracle.judge import Answer, Terms, fits, judge
from oracle.news import gaps
from oracle.released import excused
from oracle.story import DONE, Step, Story, tell

TermsAt = Callable[[int], Terms]


class Sort(NamedTuple):
    """What clocks have in common that run from one event to another: a run follows a run of the same sort."""

    measure: str
    origin: str
    team: str
    until: str


def sort_of(target: dict[str, Any]) -> Sort:
    """The sort of a target's clock. Only for resolution and fulfilment is it said until when."""
    until = target.get("until", "resolved") if target["measure"] in ("resolution", "fulfilment") else "resolved"
    return Sort(target["measure"], target.get("from", "opened"), target.get("assigned_to", ""), until)


def answers(agreed: Agreed, record: dict[str, Any], kind: str, as_of: datetime) -> list[Answer]:
    """All that can be said of a record's clocks at an instant."""
    story = tell(record, kind, agreed.origin, as_of)
    if not story.named("opened"):
        return []
    slas = agreed.slas(record.get("service"))
    if not slas:
        reason = "no SLA for the service" if "service" in record else "no service"
        return [row(None, measure, story, reason) for measure in ("response", "resolution") if kind == "incident"]
    found = [answer for sla in slas for answer in of_sla(agreed, story, sla)]
    for agreement in agreed.supporting(slas):
        supported = [sla["id"] for sla in slas if sla["id"] in agreement["supports"]]
        every = of_agreement(agreement, story, terms_of(agreed, agreement["id"], supported))
        found += [answer for answer in every if answer.left_out is None]
    return found


def row(agreement: str | None, measure: str, story: Story, reason: str, start: Step | None = None) -> Answer:
    """A clock of which nothing can be said, for a reason."""
    return Answer(agreement, measure, 1, (start or story.named("opened")[0]).at, None, reason)


def of_sla(agreed: Agreed, story: Story, sla: dict[str, Any]) -> Iterator[Answer]:
    """The verdicts of an SLA, and what it cannot judge."""
    terms_at = terms_of(agreed, sla["id"], [sla["id"]])
    opened = story.named("opened")[0]
    usual = ["response", "resolution"] if story.kind == "incident" else ["fulfilment"]
    try:
        terms = terms_at(opened.at)
    except LeftOut as reason:
        every = [target for version in sla["versions"] for target in version["targets"]]
        yield from (row(sla["id"], measure, story, str(reason)) for measure in usual if promises(every, story.kind))
        yield from of_agreement(sla, story, terms_at)
        return
    excuse = excused(agreed, terms.version, story)
    for measure in usual if promises(terms.targets, story.kind) else []:
        _, part, begin = first_run(terms, story, opened, "resolved")
        levels = terms.levels(part, stop_of(Sort(measure, "opened", "", "resolved"), part, begin))
        level = levels[-1][1]
        if not any(fits(target, story, level) for target in terms.targets if target["measure"] == measure):
            reason = replace(terms, excused=excuse).not_judged(story) or f"no {measure} target for {level}"
            yield row(sla["id"], measure, story, reason)
    yield from of_agreement(sla, story, lambda minute: replace(terms_at(minute), excused=excuse))


def promises(targets: list[dict[str, Any]], kind: str) -> bool:
    """Whether one expects a promise for a kind of record: for incidents always."""
    return kind == "incident" or any(
        target.get("kind", "service-request" if target["measure"] == "fulfilment" else "incident") == kind
        for target in targets
    )


def terms_of(agreed: Agreed, agreement: str, slas: list[str]) -> TermsAt:
    """The terms of an agreement that were in force at a minute; the matrix is that of the first SLA in force."""

    @cache
    def terms_at(minute: int) -> Terms:
        version = agreed.in_force(agreement, "SLA", minute)
        try:
            return Terms(agreed, minute, agreement, version, agreed.in_force(matrix_at(minute), "matrix", minute))
        except LeftOut as reason:
            return Terms(agreed, minute, agreement, version, None, str(reason))

    def matrix_at(minute: int) -> str:
        *others, last = slas
        for sla in others:
            with suppress(LeftOut):
                return agreed.in_force(sla, "SLA", minute)["matrix"]
        return agreed.in_force(last, "SLA", minute)["matrix"]

    return terms_at


def of_agreement(agreement: dict[str, Any], story: Story, terms_at: TermsAt) -> Iterator[Answer]:
    """The verdicts of one agreement, for each sort of clock that it has."""
    targets = [target for version in agreement["versions"] for target in version.get("targets", [])]
    ours = [target for target in targets if fits({**target, "priority": None}, story, None)]
    for sort in sorted({sort_of(target) for target in ours}):
        start = begun_with(story, sort)
        if start is None:
            continue
        try:
            terms = terms_at(start.at)
        except LeftOut as reason:
            if sort.origin != "opened":
                yield row(agreement["id"], sort.measure, story, str(reason), start)
            continue
        if sort.measure == "update":
            yield from without_news(terms, story, start, sort)
        else:
            yield from in_runs(terms_at, story, start, sort)


def begun_with(story: Story, sort: Sort) -> Step | None:
    """The step with which a clock starts; None where it has not come."""
    found = [step for step in story.named(sort.origin) if sort.team in ("", step.data.get("to"))]
    if sort.origin == "detected" and not found:
        found = story.named("opened")
    return found[0] if found else None


def first_run(terms: Terms, story: Story, start: Step, until: str) -> tuple[Step | None, Story, Step]:
    """The reopening with which a second run began, if one did; the story up to it; and where the clock began anew."""
    ended = {"closed"} if until == "closed" else {*DONE, "closed"}
    again = [step for step in story.named("reopened") if step.order > start.order and step.before in ended]
    if again and terms.rule("reopening") == "new":
        return again[0], story.until(again[0].order), start
    return None, story, again[-1] if again and terms.rule("reopening") == "restart" else start


def in_runs(terms_at: TermsAt, story: Story, start: Step | None, sort: Sort) -> Iterator[Answer]:
    """The verdicts on clocks of a sort: of each run one for each target."""
    run = 0
    while start is not None:
        run += 1
        try:
            terms = terms_at(start.at)
        except LeftOut:
            return
        again, part, begin = first_run(terms, story, start, sort.until)
        for number, target in enumerate(terms.targets):
            if sort_of(target) == sort:
                answer = judge(terms, number, part, run, start, begin, stop_of(sort, part, begin))
                yield from [answer] if answer else []
        start = again


def stop_of(sort: Sort, story: Story, start: Step) -> Step | None:
    """The step that stopped a clock which started with a step; None while it runs.

    A service that was back before a clock started stops it at once.
    """
    if sort.measure == "response":
        found = [step for step in story.named("responded", *DONE) if step.order >= start.order]
        return found[0] if found else None
    if sort.measure == "restoration":
        reopened = [step.order for step in story.named("reopened")]
        restored = [step for step in story.named("restored") if step.order > max(reopened, default=-1)]
        if restored:
            return max(restored[-1], start, key=lambda step: step.order)
    if sort.until == "closed":
        return story.named("closed")[-1] if story.status == "closed" else None
    return story.named(*DONE)[-1] if story.status in {*DONE, "closed"} else None


def without_news(terms: Terms, story: Story, start: Step, sort: Sort) -> list[Answer]:
    """The verdict on the longest time without news: on the first gap that broke its limit, else on the last."""
    found = []
    for run, (begin, end) in enumerate(gaps(story, start), 1):
        for number, target in enumerate(terms.targets):
            if sort_of(target) == sort:
                answer = judge(terms, number, story, run, begin, begin, end)
                found += [answer] if answer else []
    broken = [answer for answer in found if answer.state == "breached"]
    return broken[:1] or found[-1:]
