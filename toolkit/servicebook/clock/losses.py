"""How much of a service was lost in a time that was agreed: arithmetic on whole seconds, and nothing else.

A span is (first second, first second no longer in it), in seconds since 1970 in UTC. Spans of one list are
apart from each other and in order of time; `united` makes any list such a one.

At each instant the greatest share that anything takes away is lost. Two outages at one time are not added.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

Span = tuple[int, int]

DIGITS = 6
"""Shares such as 0.3 have no exact form; what is summed of them is rounded to so many digits."""


class Loss(NamedTuple):
    """A time in which something took a share (`weight`, 0 to 1) of a service away; `outage` is the record's id.

    `excluded` time is taken out of what was agreed, whatever else happens in it. A `failure` is a loss that
    nobody had planned.
    """

    start: int
    end: int
    weight: float
    outage: str
    failure: bool = False
    excluded: bool = False

    @property
    def span(self) -> Span:
        """Its time."""
        return self.start, self.end


class Measured(NamedTuple):
    """What losses made of a time: seconds, and ids in order of time.

    `agreed` is without what is excluded. `down` is the loss as agreed upon above; `naive` adds the losses up,
    each by itself, as one does who overlooks that they overlap. `failures` are those that began in agreed time.
    """

    agreed: int
    down: float
    naive: float
    excluded: int
    failures: int
    outages: tuple[str, ...]


def measure(hours: Sequence[Span], losses: Iterable[Loss]) -> Measured:
    """What is lost of the agreed hours."""
    felt = sorted(loss for loss in losses if length(_common(hours, [loss.span])))
    agreed = _without(hours, united(loss.span for loss in felt if loss.excluded))
    counted = [loss for loss in felt if loss.weight and not loss.excluded]
    down, left = 0.0, agreed
    for weight in sorted({loss.weight for loss in counted}, reverse=True):
        hit = _common(left, united(loss.span for loss in counted if loss.weight == weight))
        down += weight * length(hit)
        left = _without(left, hit)
    return Measured(
        agreed=length(agreed),
        down=round(down, DIGITS),
        naive=round(sum(loss.weight * length(_common(agreed, [loss.span])) for loss in counted), DIGITS),
        excluded=length(hours) - length(agreed),
        failures=len({loss.outage for loss in counted if loss.failure and _holds(agreed, loss.start)}),
        outages=tuple(dict.fromkeys(loss.outage for loss in felt if loss.weight or loss.excluded)),
    )


def length(spans: Iterable[Span]) -> int:
    """Seconds in spans that are apart."""
    return sum(end - start for start, end in spans)


def united(spans: Iterable[Span]) -> list[Span]:
    """The time that any of the spans holds."""
    found: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def _common(some: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """The time that both hold."""
    found = []
    place = other = 0
    while place < len(some) and other < len(others):
        start, end = max(some[place][0], others[other][0]), min(some[place][1], others[other][1])
        if start < end:
            found.append((start, end))
        if some[place][1] < others[other][1]:
            place += 1
        else:
            other += 1
    return found


def _without(some: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """The time that the first hold and the others do not."""
    found = []
    for first, end in some:
        start = first
        for taken, until in others:
            if until > start and taken < end:
                if taken > start:
                    found.append((start, taken))
                start = until
        if start < end:
            found.append((start, end))
    return found


def _holds(spans: Iterable[Span], second: int) -> bool:
    return any(start <= second < end for start, end in spans)
