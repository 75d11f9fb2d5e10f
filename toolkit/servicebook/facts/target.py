"""One row a percentage promised by an SLA version, and window: how often the limit was kept, and if that is enough.

The targets are those with an attainment, and the availability targets: of these, seconds are counted.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from servicebook.clock import MINIMUM, WINDOW, judged_kind
from servicebook.facts._case import decimal, joined, whole_number
from servicebook.facts._promise import Promise, promises
from servicebook.facts._table import Column, Row
from servicebook.facts._whole import Whole
from servicebook.facts._windows import windows
from servicebook.part import Part

COLUMNS = (
    Column("sla", "VARCHAR", "Id of the SLA."),
    Column("sla_version", "BIGINT", "Its version."),
    Column("number", "BIGINT", "Number of the target in that version, from 1; those of availability have their own."),
    Column("measure", "VARCHAR", "response, restoration, resolution, fulfilment, update or availability."),
    Column("kind", "VARCHAR", "incident or service-request; empty for availability."),
    Column("priority", "VARCHAR", "The priority that it is for; empty where it is for all."),
    Column("services", "VARCHAR", "Ids of the services that it is for: SVC-mail, SVC-shop."),
    Column("window", "VARCHAR", "The window: 2026-03, 2026-Q1, 2026-H1, 2026; of a rolling one, to 2026-03-31."),
    Column("started_at", "TIMESTAMP", "First instant of the window."),
    Column("ended_at", "TIMESTAMP", "First instant after it."),
    Column("attainment", "DOUBLE", "The percentage promised."),
    Column("minimum", "BIGINT", "From how many clocks on the percentage is judged."),
    Column("counted", "BIGINT", "How many clocks were settled in the window; of availability, the agreed seconds."),
    Column("kept", "BIGINT", "How many of them kept their limit; of availability, the agreed seconds it was up."),
    Column("percent", "DOUBLE", "kept out of counted; empty of none."),
    Column("held", "BOOLEAN", "Whether the percentage was reached; empty where it is not judged."),
    Column("left_out", "VARCHAR", "Why it is not judged: fewer than 5, no clock ended, the window is not over."),
)


class Score(NamedTuple):
    """What a clock or a day of a service adds: 1, and 1 where it was kept; agreed seconds, and those it was up."""

    counted: int
    kept: int | Fraction


Days = dict[date, list[Score]]


class Target(NamedTuple):
    """One percentage promised. Of availability the scores are those of each service, else of the clocks."""

    number: int
    measure: str
    kind: str | None
    priority: str | None
    services: tuple[str, ...]
    window: str
    attainment: float
    minimum: int


def of_book(whole: Whole) -> Iterator[Row]:
    """A row for each percentage and window, from the window in which the first record of the book was opened."""
    clocks, uptime = _clocks(whole), _uptime(whole)
    for promise in promises(whole):
        version = whole_number(promise.version, "version")
        for target in _targets(promise):
            days = clocks.get((promise.sla.id, version, target.number), {})
            yield from _windows_of(promise, target, days, whole)
        for target in _availability(promise):
            days = defaultdict(list)
            for service in target.services:
                for day, scores in uptime.get((promise.sla.id, version, target.number, service), {}).items():
                    days[day] += scores
            yield from _windows_of(promise, target, days, whole)


def _targets(promise: Promise) -> Iterator[Target]:
    for part in promise.version.parts("targets"):
        attainment, measure = decimal(part, "attainment"), part.text("measure")
        if attainment is not None and measure is not None:
            kind = judged_kind(measure, part.text("kind"))
            minimum = whole_number(part, "minimum") or MINIMUM
            yield _target(promise, part, measure, kind, attainment, minimum)


def _availability(promise: Promise) -> Iterator[Target]:
    for part in promise.version.parts("availability"):
        attainment = decimal(part, "target")
        if attainment is not None:
            yield _target(promise, part, "availability", None, attainment, MINIMUM)


def _target(promise: Promise, part: Part, measure: str, kind: str | None, attainment: float, minimum: int) -> Target:
    services = tuple(part.texts("services")) or promise.services
    number, window = int(part.pointer[-1]) + 1, part.text("window") or WINDOW
    return Target(number, measure, kind, part.text("priority"), services, window, attainment, minimum)


def _clocks(whole: Whole) -> dict[tuple[str, int | None, int], Days]:
    """The clocks that came to an end, by SLA, version and number of the target, then by day."""
    found: dict[tuple[str, int | None, int], Days] = defaultdict(lambda: defaultdict(list))
    timer = whole.table("timer")
    columns = (timer.column(name) for name in ("sla", "sla_version", "target", "agreement", "settled_at", "met"))
    for sla, version, target, agreement, settled, met in zip(*columns, strict=True):
        if agreement is None and settled is not None and met is not None:
            found[sla, version, target][whole.days.of(settled)].append(Score(1, int(met)))
    return found


def _uptime(whole: Whole) -> dict[tuple[str, int | None, int, str], Days]:
    """The agreed seconds and those lost, by SLA, version, number of the availability and service, then by day."""
    found: dict[tuple[str, int | None, int, str], Days] = defaultdict(lambda: defaultdict(list))
    for row in whole.table("availability").records():
        if row["left_out"] is None and row["sla"] is not None:
            score = Score(row["agreed_seconds"], row["agreed_seconds"] - Fraction(row["down_seconds"]))
            key = row["sla"], row["sla_version"], row["number"], row["service"]
            found[key][date.fromisoformat(row["day"])].append(score)
    return found


def _windows_of(promise: Promise, target: Target, days: Days, whole: Whole) -> Iterator[Row]:
    """A row for each window, as far as the last in which anything came to an end."""
    last = max(promise.last, max(days, default=promise.last))
    for window in windows(target.window, promise.first, last):
        scores = [score for day, found in days.items() if window.first <= day < window.after for score in found]
        counted, kept = sum(score.counted for score in scores), sum(score.kept for score in scores)
        over = (end := whole.days.begin(window.after)) is not None and end <= whole.as_of
        reason = _left_out(target, counted, over)
        yield (
            promise.sla.id,
            whole_number(promise.version, "version"),
            target.number,
            target.measure,
            target.kind,
            target.priority,
            joined(target.services),
            window.label,
            whole.days.begin(window.first),
            end,
            target.attainment,
            target.minimum,
            counted,
            int(kept),
            float(100 * kept / counted) if counted else None,
            None if reason else 100 * kept >= Fraction(str(target.attainment)) * counted,
            reason,
        )


def _left_out(target: Target, counted: int, over: bool) -> str | None:
    """Why a percentage is not judged."""
    if not over:
        return "the window is not over"
    if not counted:
        return "no agreed time" if target.measure == "availability" else "no clock ended"
    return f"fewer than {target.minimum}" if counted < target.minimum else None
