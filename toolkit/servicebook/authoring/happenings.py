"""What happened in a period that those who are reported to want to know of, and what was undertaken and is not done."""

from collections import Counter
from collections.abc import Collection, Iterator

from servicebook.authoring.retrospect import Figure, Retrospect, services_of
from servicebook.authoring.telling import counted
from servicebook.part import Part
from servicebook.record import Record

_GIVEN_UP = ("rejected", "cancelled")
_FOLLOW_UPS = ("improvement", "problem", "change", "review")


def major_events(back: Retrospect, services: Collection[str]) -> list[str]:
    """Ids of major incidents, outages, failed changes, releases and continuity tests of the period, kind by kind."""
    found = [record for record in back.records("incident", services) if _is_major(back, record)]
    found += [record for record in back.records("outage", services) if _is_loss(back, record)]
    found += [record for record in back.records("change", services) if _failed(back, record)]
    found += [record for record in back.records("release", services) if back.during(record.part.text("deployed_at"))]
    found += [record for record in back.records("continuity-test") if _tested(back, record, services)]
    return [record.id for record in found]


def reports_of(back: Retrospect) -> list[str]:
    """Ids of the service reports on a period that ends with this one."""
    reports = back.records("service-report")
    return [record.id for record in reports if record.part.part("period").text("to") == back.span["to"]]


def open_actions(
    back: Retrospect, kinds: Collection[str], services: Collection[str] = ()
) -> Iterator[tuple[Record, Part]]:
    """The actions of records of these kinds that were undertaken by the instant of the report and are not done."""
    for kind in kinds:
        for record in back.records(kind, services):
            if not (held := record.part.day("held_on")) or held <= back.today:
                for action in record.part.parts("actions"):
                    if not done_by(back, action):
                        yield record, action


def feedback_received(back: Retrospect, services: Collection[str]) -> str | None:
    """What came in as feedback in the period: how many of each sort, and what each survey gave; None of nothing."""
    received = [
        row
        for row in back.facts.tables["feedback"].records()
        if back.period.start <= row["received_at"] < back.period.end and (not services or row["service"] in services)
    ]
    numbers = Counter(row["type"] for row in received if row["type"] != "survey")
    said = [", ".join(counted(number, sort) for sort, number in sorted(numbers.items()))] if numbers else []
    for row in received:
        if row["type"] == "survey" and row["responses"] is not None:
            asked = f" of {row['sampled']} who were asked" if row["sampled"] is not None else ""
            content = f", {row['favourable']} of them favourably" if row["favourable"] is not None else ""
            said.append(f"{row['id']}: {row['responses']}{asked} answered{content}")
    return " ".join(f"{sentence}." for sentence in said) or None


def done_by(back: Retrospect, action: Part) -> bool:
    """Whether an action was done by the instant of the report."""
    done = action.day("done")
    return done is not None and done <= back.today


def follow_up(back: Retrospect, figure: Figure, services: Collection[str]) -> str | None:
    """A record that came of what a figure missed, and was not given up: an improvement first, then a problem, …

    It is linked to one of the records that missed, or to an outage of the period where availability was missed.
    """
    missed = figure.missed
    if figure.metric.agreed == "availability":
        missed = [record.id for record in back.records("outage", services) if _is_loss(back, record)]
    for kind in _FOLLOW_UPS:
        for name in missed:
            if (record := back.book.by_id.get(name)) is None:
                continue
            for other in back.book.connected(record, kind):
                if other.valid and back.state(other) not in _GIVEN_UP and _is_known(back, other):
                    return other.id
    return None


def _is_known(back: Retrospect, record: Record) -> bool:
    """Whether a record was there at the instant of the report."""
    if record.kind.lifecycle is not None:
        return back.state(record) is not None
    held = record.part.day("held_on")
    return held is None or held <= back.today


def _is_major(back: Retrospect, record: Record) -> bool:
    is_major = record.part.truth("major") or bool(record.part.part("major"))
    return is_major and back.happened(record, "opened")


def _is_loss(back: Retrospect, record: Record) -> bool:
    """Whether an outage that nobody had planned reached into the period."""
    begun, ended = record.part.moment("from"), record.part.moment("to")
    if record.part.text("type") == "maintenance" or begun is None:
        return False
    return begun < back.period.end and (ended is None or ended > back.period.start)


def _failed(back: Retrospect, record: Record) -> bool:
    result = record.part.part("outcome").text("result")
    ended = back.happened(record, "implemented") or back.happened(record, "closed")
    return ended and result in ("failed", "backed-out")


def _tested(back: Retrospect, record: Record, services: Collection[str]) -> bool:
    plan = back.book.by_id.get(record.part.text("plan") or "")
    about = set(services_of(plan)) if plan is not None else set()
    return back.during(record.part.text("held_on")) and (not services or not about or not about.isdisjoint(services))
