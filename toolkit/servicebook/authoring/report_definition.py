"""Which promised report a draft is of."""

from datetime import date
from typing import Final

from servicebook.authoring.retrospect import Retrospect
from servicebook.errors import Problem
from servicebook.finding import quote
from servicebook.record import Record

_NO_DEFINITION: Final = "Say first what is reported to whom: servicebook new report-definition."


def choose_definition(back: Retrospect, definition: str | None, sla: str | None, service: str | None) -> Record:
    """The definition that is named, or the one that promises a report on the agreement or the service: of several
    the narrowest. Raises Problem where there is none."""
    if definition is not None:
        return _of_kind(back, definition, "report-definition")
    first, last = back.days
    running = [
        record
        for record in back.records("report-definition")
        if (record.part.day("from") or date.min) <= last and (record.part.day("retired_on") or date.max) >= first
    ]
    wanted = sla or service
    if wanted is None:
        if len(running) == 1:
            return running[0]
        hint = f"Name one with --definition: {', '.join(record.id for record in running)}."
        raise Problem(f"There are {len(running) or 'no'} report definitions.", hint if running else _NO_DEFINITION)
    _of_kind(back, wanted, "sla" if sla else "service")
    field = "slas" if sla else "services"
    naming = [record for record in running if wanted in record.part.texts(field)]
    if not naming:
        raise Problem(f"No report definition has {quote(wanted)} among its {field}.", _NO_DEFINITION)
    return min(naming, key=lambda record: (len(record.part.texts(field)), record.id))


def _of_kind(back: Retrospect, name: str, kind: str) -> Record:
    record = back.book.record(name)
    if record.kind.name != kind or not record.valid:
        raise Problem(f"{record.id} is no valid {kind}.", f"servicebook list {kind} shows those that there are.")
    return record
