"""What happened to a record: its events followed by the lifecycle of its kind, as its schema states it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from oracle import minutes
from oracle.hours import minute_of

SCHEMAS = Path(__file__).parents[2] / "schemas"
PREFIXES = {"incident": "INC-", "service-request": "REQ-"}
MOVES = {
    kind: json.loads((SCHEMAS / f"{kind}.schema.json").read_text(encoding="utf-8"))["x-lifecycle"]["events"]
    for kind in PREFIXES
}
WAITING = {None, "new", "in-progress", "paused"}
DONE = {"resolved", "fulfilled"}
GIVEN_UP = {"cancelled", "rejected"}


@dataclass(frozen=True)
class Step:
    """An event that the lifecycle allows: the `order`-th, at a minute, with the state before and after it."""

    order: int
    at: int
    name: str
    data: dict[str, Any]
    before: str | None
    after: str | None


@dataclass(frozen=True)
class Story:
    """The steps of a record up to `end`, the minute from which one looks."""

    record: dict[str, Any]
    kind: str
    steps: list[Step]
    end: int

    @property
    def status(self) -> str | None:
        """The state at the end."""
        return self.steps[-1].after if self.steps else None

    def named(self, *names: str) -> list[Step]:
        """The steps of these names, in order."""
        return [step for step in self.steps if step.name in names]

    def until(self, order: int) -> "Story":
        """The story as it stood before a step."""
        return Story(self.record, self.kind, self.steps[:order], self.steps[order].at)

    def stretches(self) -> Iterator[tuple[Step, int]]:
        """Each step with the minute at which the next one comes, or the story ends."""
        for step, following in zip(self.steps, [*self.steps[1:], None], strict=True):
            yield step, self.end if following is None else following.at

    def in_state(self, states: set[str | None]) -> int:
        """The minutes in one of these states."""
        found = minutes.NONE
        for step, end in self.stretches():
            if step.after in states:
                found |= minutes.span(step.at, end)
        return found

    def with_team(self, team: str) -> int:
        """The minutes in which it was last assigned to a team."""
        found, here = minutes.NONE, False
        for step, end in self.stretches():
            if step.name == "assigned":
                here = step.data.get("to") == team
            if here:
                found |= minutes.span(step.at, end)
        return found


def tell(record: dict[str, Any], kind: str, origin: datetime, as_of: datetime) -> Story:
    """The story of a record's data as it was known at `as_of`."""
    known = [event for event in record["timeline"] if datetime.fromisoformat(event["at"]) <= as_of]
    steps: list[Step] = []
    state = None
    for event in sorted(known, key=lambda event: datetime.fromisoformat(event["at"])):
        move = MOVES[kind][event["event"]]
        joins = event["event"] == "paused" and state == "paused"
        if state in move["from"] or joins:
            after = move.get("to") or state
            at = minute_of(datetime.fromisoformat(event["at"]), origin)
            steps.append(Step(len(steps), at, event["event"], event, state, after))
            state = after
    return Story(record, kind, steps, minute_of(as_of, origin))
