"""Seconds on the time line, and the open ones of one year of a calendar."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from typing import Final

EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def seconds_of(instant: datetime) -> int:
    """Whole seconds since 1970 in UTC; a fraction of a second is dropped."""
    span = instant - EPOCH
    return span.days * 86400 + span.seconds


def instant_of(seconds: int) -> datetime:
    """The instant in UTC of whole seconds since 1970."""
    return EPOCH + timedelta(seconds=seconds)


@dataclass(frozen=True, slots=True)
class OpenYear:
    """The open intervals of one year of UTC, apart and in order; `before[i]` seconds are open before the i-th."""

    starts: list[int]
    ends: list[int]
    before: list[int]
    total: int

    def open_until(self, second: int) -> int:
        """Open seconds of this year before `second`."""
        index = bisect_right(self.starts, second) - 1
        if index < 0:
            return 0
        return self.before[index] + min(second, self.ends[index]) - self.starts[index]

    def between(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """The open intervals of this year, cut to what lies from `first` to `last`."""
        for index in range(bisect_right(self.ends, first), bisect_left(self.starts, last)):
            yield max(self.starts[index], first), min(self.ends[index], last)

    def reached(self, count: int) -> int:
        """The second at which `count` open seconds (more than none, at most all) of this year are over."""
        index = bisect_left(self.before, count) - 1
        return self.starts[index] + count - self.before[index]


def united(spans: Iterable[tuple[int, int]]) -> OpenYear:
    """The year of these spans: those that overlap or touch are one, and those without length are none."""
    starts: list[int] = []
    ends: list[int] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if ends and start <= ends[-1]:
            ends[-1] = max(ends[-1], end)
        else:
            starts.append(start)
            ends.append(end)
    sums = list(accumulate((end - start for start, end in zip(starts, ends, strict=True)), initial=0))
    return OpenYear(starts, ends, sums[:-1], sums[-1])
