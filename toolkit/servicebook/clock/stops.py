"""Which event stops a clock."""

from typing import Final

from servicebook.clock.runs import ENDED, Run
from servicebook.clock.terms import Measure, Until
from servicebook.clock.timeline import DONE_EVENTS, Timeline

GIVEN_UP: Final = frozenset({"cancelled", "rejected"})
"""The states of what will not be done: no clock is judged."""

_ANSWERS: Final = DONE_EVENTS | {"responded"}
_ENDS: Final[dict[Until, frozenset[str]]] = {"done": DONE_EVENTS, "closed": frozenset({"closed"})}


def stopped(measure: Measure, until: Until, timeline: Timeline, run: Run, begin: int) -> int | None:
    """The position of the event that stops a clock which counts from the position `begin`; None while it runs.

    Where a record is given up, that is the end of any clock that was not stopped before.
    """
    events = timeline.events
    if measure == "response":
        answer = next((at for at in range(begin, run.last) if events[at].name in _ANSWERS), None)
        if answer is not None:
            return answer
    state = timeline.state_before(run.last)
    if state is None:
        return None
    if state.name in GIVEN_UP:
        return state.begun
    if measure == "restoration":
        restored = _restored(timeline, run)
        if restored is not None:
            return max(restored, begin)
    if state.name in ENDED[until]:
        ends = (at for at in reversed(range(run.last)) if events[at].name in _ENDS[until])
        return next(ends, state.begun)
    return None


def _restored(timeline: Timeline, run: Run) -> int | None:
    """The last `restored` since the record was last reopened."""
    for position in reversed(range(run.last)):
        if timeline.events[position].name == "restored":
            return position
        if timeline.events[position].name == "reopened":
            return None
    return None
