"""The time without news: from the start of a clock, and from each time that somebody was informed, to the next."""

from collections.abc import Iterator
from typing import NamedTuple

from servicebook.clock.runs import Run
from servicebook.clock.stops import GIVEN_UP
from servicebook.clock.timeline import DONE_STATES, Timeline


class Gap(NamedTuple):
    """A time without news, by its number and where it began, and the position of what ended it; None while it lasts."""

    run: Run
    stop: int | None


def gaps(timeline: Timeline, first: int) -> Iterator[Gap]:
    """The gaps from a position on. While the record is resolved or given up nobody waits for news."""
    over = {state.begun: state.name in DONE_STATES | GIVEN_UP for state in timeline.states}
    end = len(timeline.events)
    number, begin, waiting = 1, first, True
    for position in range(first + 1, end):
        ends = over.get(position, False)
        if waiting and (ends or timeline.events[position].name == "informed"):
            yield Gap(Run(number, begin, end), position)
            number, begin, waiting = number + 1, position, not ends
        elif not waiting and not over.get(position, True):
            begin, waiting = position, True
    if waiting:
        yield Gap(Run(number, begin, end), None)
