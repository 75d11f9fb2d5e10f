"""Which minutes of a story are stopped by its pauses."""

from collections.abc import Iterator
from typing import Any

from oracle import minutes
from oracle.hours import Hours
from oracle.story import Step, Story


def pauses(story: Story) -> Iterator[tuple[list[Step], int]]:
    """Each pause: the events `paused` of it, and the minute at which it ends."""
    begun: list[Step] = []
    for step in story.steps:
        if step.name == "paused":
            begun.append(step)
        if begun and step.after != "paused":
            yield begun, step.at
            begun = []
    if begun:
        yield begun, story.end


def stopped(story: Story, clock_stops: list[dict[str, Any]], hours: Hours) -> int:
    """The minutes in which at least one code of the pause that is on stops the clock."""
    found = minutes.NONE
    for begun, end in pauses(story):
        for entry in clock_stops:
            of_code = [step for step in begun if step.data["code"] == entry["code"]]
            shown = [step for step in of_code if step.data.get("evidence") or not entry.get("evidence")]
            if shown:
                last = hours.after(of_code[0].at, duration(entry["maximum"])) if "maximum" in entry else None
                found |= minutes.span(shown[0].at, end if last is None else min(end, last))
    return found


def duration(text: str) -> int:
    """The minutes of a duration such as 4h, 30m or 1h30m."""
    hours, _, rest = text.partition("h") if "h" in text else ("0", "", text)
    return 60 * int(hours) + int(rest.removesuffix("m") or 0)
