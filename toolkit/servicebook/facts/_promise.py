"""The versions of SLAs, each with the days for which there is something to say of it."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from servicebook.facts._whole import Whole
from servicebook.part import Part
from servicebook.record import Record


class Promise(NamedTuple):
    """A version of an SLA, and the days for which there is something to say of it.

    `first` is the later of its first day and the first on which the book has a record opened, `last` the
    earlier of its last day and the instant of the facts.
    """

    sla: Record
    version: Part
    services: tuple[str, ...]
    first: date
    last: date


def promises(whole: Whole) -> Iterator[Promise]:
    """Every version of every SLA that was in force by the instant, by id; none where nothing was ever opened."""
    if whole.first_opened is None:
        return
    opened, today = whole.days.of(whole.first_opened), whole.days.of(whole.as_of - timedelta(seconds=1))
    for sla in whole.book.records("sla"):
        for version in sla.part.parts("versions"):
            begin, end = version.day("valid_from"), version.day("valid_to")
            first, last = max(begin or today, opened), min(end or today, today)
            if begin is not None and first <= last:
                yield Promise(sla, version, tuple(sla.part.texts("services")), first, last)
