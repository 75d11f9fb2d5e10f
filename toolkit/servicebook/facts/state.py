"""One row a record and stretch of time in one state: what was open at any instant."""

from collections.abc import Iterator

from servicebook.facts._case import Case, joined
from servicebook.facts._table import Column, Row
from servicebook.kinds import Kind

COLUMNS = (
    Column("kind", "VARCHAR", "Kind of the record: incident, problem, change, or any other with a lifecycle."),
    Column("id", "VARCHAR", "Id of the record."),
    Column("state", "VARCHAR", "Name of the state in the kind's lifecycle: new, paused, closed."),
    Column("codes", "VARCHAR", "Why it was paused: the codes of the pause."),
    Column("started_at", "TIMESTAMP", "First instant in the state."),
    Column("ended_at", "TIMESTAMP", "First instant no longer in the state; empty where it lasts."),
)


def applies(kind: Kind) -> bool:
    """To every kind with a lifecycle."""
    return kind.lifecycle is not None


def rows(case: Case) -> Iterator[Row]:
    """A row for each state of the record."""
    for state in case.timeline.states:
        yield case.kind, case.record.id, state.name, joined(state.codes), state.start, state.end
