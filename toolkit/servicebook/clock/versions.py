"""Which version of an SLA, a calendar or a priority matrix is in force on a day.

A version is in force from its `valid_from` to its `valid_to`, both days included. The day is the local
date of an instant in the organisation's zone. Where no version or more than one is in force there is no
answer: a gap is said, never guessed.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo
from typing import Any, NamedTuple

NONE_IN_FORCE = "no {what} version in force"
MANY_IN_FORCE = "more than one {what} version in force"


class InForce(NamedTuple):
    """The version, its place in the list, and, without a version, the reason in words."""

    version: Mapping[str, Any] | None
    place: int = -1
    reason: str = ""


def in_force(versions: Sequence[Mapping[str, Any]], day: str, what: str) -> InForce:
    """The version in force on a date (`2026-03-04`). `what` names the kind in the reason: SLA, calendar, matrix."""
    found = [
        (place, version)
        for place, version in enumerate(versions)
        if version["valid_from"] <= day and ("valid_to" not in version or day <= version["valid_to"])
    ]
    if len(found) == 1:
        return InForce(found[0][1], found[0][0])
    return InForce(None, reason=(MANY_IN_FORCE if found else NONE_IN_FORCE).format(what=what))


def local_date(instant: datetime, zone: tzinfo) -> str:
    """The date of an instant on the wall of a zone: `2026-03-04`."""
    return instant.astimezone(zone).date().isoformat()
