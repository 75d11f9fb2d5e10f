"""One row an incident and stretch of time in one state: what was open at any instant."""

from collections.abc import Iterator

from servicebook.facts._table import Case, Column, Row

COLUMNS = (
    Column("id", "VARCHAR", "Id of the incident."),
    Column("state", "VARCHAR", "new, in-progress, paused, resolved, closed or cancelled."),
    Column("codes", "VARCHAR", "Why it was paused: the codes of the pause."),
    Column("started_at", "TIMESTAMP", "First instant in the state."),
    Column("ended_at", "TIMESTAMP", "First instant no longer in the state; empty where it lasts."),
)


def rows(case: Case) -> Iterator[Row]:
    """A row for each state of the incident."""
    for state in case.timeline.states:
        yield case.record.id, state.name, ", ".join(state.codes) or None, state.start, state.end
