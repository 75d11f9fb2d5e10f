"""The times without news."""

from collections.abc import Iterator

from oracle.story import WAITING, Step, Story


def gaps(story: Story, start: Step) -> Iterator[tuple[Step, Step | None]]:
    """The times without news after a start: the steps with which each began and ended, None where it lasts."""
    begun: Step | None = start
    for step in story.steps[start.order + 1 :]:
        if begun and (step.name == "informed" or step.after not in WAITING):
            yield begun, step
            begun = None
        if step.after in WAITING and step.name in ("informed", "reopened"):
            begun = step
    if begun:
        yield begun, None
