"""A service request: its timeline, and what the SLA clock made of it."""

from typing import Any

from servicebook.pages.clocks import clocks
from servicebook.pages.views import Scene
from servicebook.record import Record

SHOWN: frozenset[str] = frozenset()


def view(record: Record, scene: Scene) -> dict[str, Any]:
    """`timers`, or `no_clock` with the reason."""
    case = scene.study.case(record)
    return clocks(case.timers if case else (), scene)
