"""Which agreements go on, and what ends before them."""

from collections.abc import Iterator
from datetime import date

from servicebook.book import Book
from servicebook.record import Record
from servicebook.rules._agreements import Version, in_force, versions


def needed(book: Book, day: date) -> Iterator[tuple[Record, Version, Record]]:
    """Each supporting agreement with its last version and an SLA that holds on the day and that it supports.

    Left out is what another agreement with the same supplier supports on that day, and what a supplier supported
    with whom the relationship has ended.
    """
    slas = {sla.id: sla for sla in book.records("sla") if in_force(sla, day)}
    agreements = list(book.records("supporting-agreement"))
    held = {
        (agreement.part.text("supplier"), name)
        for agreement in agreements
        if in_force(agreement, day)
        for name in agreement.part.texts("supports")
    }
    ended = {supplier.id for supplier in book.records("supplier") if "ended_on" in supplier.part}
    for agreement in agreements:
        supplier = agreement.part.text("supplier")
        found = [name for name in agreement.part.texts("supports") if name in slas and (supplier, name) not in held]
        known = versions(agreement)
        if found and known and supplier not in ended:
            yield agreement, max(known, key=lambda version: version.last), slas[found[0]]
