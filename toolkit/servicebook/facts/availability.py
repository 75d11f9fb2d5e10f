"""One row a service, agreement on its availability, and day: how many of the agreed seconds it was lost.

Agreed seconds, downtime and targets may be added up over days and services; percentages may not. What counts is said
in the documentation of the clock: outages are united, never added, and announced maintenance is no agreed time.
"""

from collections.abc import Iterator

from servicebook.clock import Availability, ServiceDay
from servicebook.facts._case import joined
from servicebook.facts._table import Column, Row
from servicebook.facts._whole import Whole

COLUMNS = (
    Column("service", "VARCHAR", "Id of the service."),
    Column("sla", "VARCHAR", "Id of the SLA that says what was agreed; empty where none does."),
    Column("sla_version", "BIGINT", "Its version in force on the day."),
    Column("number", "BIGINT", "Number of the availability in that version, from 1, as in the table target."),
    Column("day", "VARCHAR", "The day in the organisation's zone: 2026-03-04."),
    Column("month", "VARCHAR", "Its month."),
    Column("started_at", "TIMESTAMP", "First instant of the day."),
    Column("ended_at", "TIMESTAMP", "First instant after it, or the instant of the facts."),
    Column("agreed_seconds", "BIGINT", "Seconds in which the service was to be there."),
    Column("down_seconds", "DOUBLE", "How many of them it was lost, by weight; of what is on at one time the gravest."),
    Column("naive_seconds", "DOUBLE", "The same with the losses added up although they overlap: only to compare."),
    Column("excluded_seconds", "BIGINT", "Maintenance, announced as agreed: no agreed time."),
    Column("failures", "BIGINT", "Outages nobody had planned that began in agreed time of that day."),
    Column("target", "DOUBLE", "Percent agreed of the window; empty where nothing is."),
    Column("allowed_seconds", "DOUBLE", "Downtime that the target leaves of agreed_seconds: the error budget."),
    Column("outages", "VARCHAR", "Ids of what was lost or left out that day, in order of time."),
    Column("left_out", "VARCHAR", "Why there is no figure, such as no SLA version in force."),
)
DIGITS = 6


def of_book(whole: Whole) -> Iterator[Row]:
    """A row for each service, by id, each day in order, and each agreement on that day."""
    for day in Availability(whole.book, whole.as_of, whole.clock.agreements).all_days():
        yield (
            day.service,
            day.terms.sla,
            day.terms.sla_version,
            None if day.terms.place is None else day.terms.place + 1,
            day.day,
            day.day[:7],
            day.start,
            day.end,
            *_figures(day),
            day.terms.left_out,
        )


def _figures(day: ServiceDay) -> Row:
    """From agreed_seconds to outages."""
    found, target = day.measured, day.terms.target
    if found is None:
        return None, None, None, None, None, target, None, None
    allowed = None if target is None else round(found.agreed * (100 - target) / 100, DIGITS)
    return (
        found.agreed,
        found.down,
        found.naive,
        found.excluded,
        found.failures,
        None if target is None else float(target),
        allowed,
        joined(found.outages),
    )
