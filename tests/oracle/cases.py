"""One case put to both: a record in a book, looked at from an instant; and the smallest one on which they disagree."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import yaml

from memory import make_book, make_record
from oracle import minutes
from oracle.agreed import Agreed
from oracle.clocks import answers
from oracle.given import comparable, given
from oracle.judge import Answer
from oracle.tales import looked_at, tale
from servicebook.clock import Clock


@dataclass(frozen=True)
class Case:
    """A record among the other records of a book, as of an instant. `zone` is the organisation's."""

    records: list[dict[str, Any]]
    zone: str
    record: dict[str, Any]
    as_of: datetime

    @property
    def origin(self) -> datetime:
        """The midnight from which the oracle numbers minutes."""
        first = min(datetime.fromisoformat(event["at"]) for event in self.record["timeline"]).astimezone(UTC)
        return first.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=14)

    def as_yaml(self) -> str:
        """The case as one would write it into files."""
        whole = {"zone": self.zone, "as_of": self.as_of.isoformat(), "record": self.record, "agreed": self.records}
        return yaml.safe_dump(whole, sort_keys=False, allow_unicode=True)


def kind_of(record: dict[str, Any]) -> str:
    """The kind of a record by its id."""
    return "incident" if record["id"].startswith("INC-") else "service-request"


def cases_on(drawn: dict[str, Any], random: Random, number: int) -> tuple[Agreed, list[Case]]:
    """Random cases on a book that was drawn, with what the oracle needs to know of it."""
    midnight = datetime.combine(drawn["season"], datetime.min.time(), UTC)
    agreed = Agreed(drawn["records"], drawn["zone"], midnight - timedelta(days=7))
    found = []
    for count in range(number):
        kind, prefix = random.choice([("incident", "INC")] * 4 + [("service-request", "REQ")])
        start = midnight + timedelta(minutes=15 * random.randint(-500, 300) + random.choice([0, 0, 0, 7]))
        record = tale(random, kind, f"{prefix}-20260101-{count:04}", start)
        case = Case(drawn["records"], drawn["zone"], record, looked_at(random, record))
        found.append(on_the_limit(random, agreed, case) if random.random() < 0.2 else case)
    return agreed, found


def on_the_limit(random: Random, agreed: Agreed, case: Case) -> Case:
    """The case looked at, or ended, in the minute in which one of its clocks reaches its limit, where one will."""
    last = max(datetime.fromisoformat(event["at"]) for event in case.record["timeline"])
    told = answers(agreed, case.record, kind_of(case.record), last)
    dues = [agreed.origin + timedelta(minutes=one.due) for one in told if one.state == "running" and one.due]
    if not dues:
        return case
    due = random.choice(dues)
    end = {"at": due.isoformat(), "event": "resolved" if kind_of(case.record) == "incident" else "fulfilled"}
    timeline = case.record["timeline"] + random.choice([[], [end]])
    return Case(case.records, case.zone, {**case.record, "timeline": timeline}, due)


def by_clock(case: Case) -> list[Answer]:
    """What the clock says."""
    book = make_book(*case.records, case.record, zone=case.zone)
    timers = Clock(book).timers(book.record(case.record["id"]), case.as_of)
    return comparable([given(timer, case.origin, case.as_of) for timer in timers])


def by_oracle(case: Case) -> list[Answer]:
    """What the oracle says."""
    agreed = Agreed([*case.records, case.record], case.zone, case.origin)
    return comparable(answers(agreed, case.record, kind_of(case.record), case.as_of))


def smallest(case: Case) -> Case:
    """A case as small as leaving out one thing after another makes it, on which both still disagree."""
    while True:
        for smaller in fewer(case):
            if disagree(smaller):
                case = smaller
                break
        else:
            return case


def disagree(case: Case) -> bool:
    """Whether the answers differ. What the oracle cannot read, or a schema refuses, is no case."""
    try:
        oracle = by_oracle(case)
        for record in (*case.records, case.record):
            make_record(record)
    except Exception:  # noqa: BLE001 — something was left out that a case must have
        return False
    try:
        return by_clock(case) != oracle
    except Exception:  # noqa: BLE001 — a clock that raises has given no answer
        return True


def fewer(case: Case) -> Iterator[Case]:
    """The case without one of its parts, each in turn."""
    for number in range(len(case.records)):
        yield Case(case.records[:number] + case.records[number + 1 :], case.zone, case.record, case.as_of)
    for path in paths(case.record):
        yield Case(case.records, case.zone, without(case.record, path), case.as_of)
    for number, record in enumerate(case.records):
        for path in paths(record):
            rest = [*case.records[:number], without(record, path), *case.records[number + 1 :]]
            yield Case(rest, case.zone, case.record, case.as_of)


def paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where something stands that could be left out, outermost first."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    inner = list(inner)
    yield from ((*path, key) for key, _ in inner)
    for key, part in inner:
        yield from paths(part, (*path, key))


def without(value: Any, path: tuple[Any, ...]) -> Any:
    """A copy without what stands at a path."""
    found = copy.deepcopy(value)
    part = found
    for key in path[:-1]:
        part = part[key]
    del part[path[-1]]
    return found


def told(case: Case) -> str:
    """The message of a disagreement: the case as YAML, and where the answers differ."""
    oracle = by_oracle(case)
    lines = [f"The clock and the oracle disagree. Minutes are numbered from {case.origin}.", case.as_yaml()]
    try:
        clock = by_clock(case)
    except Exception as error:  # noqa: BLE001 — a clock that raises has given no answer
        return "\n".join([*lines, f"clock:  {error!r}", *(f"oracle: {shown(one)}" for one in oracle)])
    lines += [f"clock:  {shown(one)}" for one in clock if one not in oracle]
    lines += [f"oracle: {shown(one)}" for one in oracle if one not in clock]
    return "\n".join(lines)


def shown(answer: Answer) -> str:
    """An answer on one line, with the stretches of its minutes."""
    was = [f"{word} {list(minutes.stretches(which))}" for word, which in answer.was.items() if which]
    return f"{answer} {', '.join(was)}"
