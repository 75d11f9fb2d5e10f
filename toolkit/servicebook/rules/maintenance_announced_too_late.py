"""Maintenance was announced after it had begun, or not at all.

What is planned is told beforehand to those who would otherwise run into it. A loss of service that is called
maintenance once it is there is an outage, and counts as one in the figures of availability.

Maintenance that still lies ahead may be announced later; the rule waits until it begins. What began before the
management system did (`since` under `[scope]` in `servicebook.toml`) is left alone.

## Wrong

```yaml records/outages/OUT-20260510-n7pe.yaml
id: OUT-20260510-n7pe
schema_version: 1
title: New storage for the order system
type: maintenance
services: [SVC-order-system]
from: 2026-05-10T06:00:00+02:00
to: 2026-05-10T09:00:00+02:00
announced_at: 2026-05-10T06:20:00+02:00
```

## Right

```yaml records/outages/OUT-20260510-n7pe.yaml
id: OUT-20260510-n7pe
schema_version: 1
title: New storage for the order system
type: maintenance
services: [SVC-order-system]
from: 2026-05-10T06:00:00+02:00
to: 2026-05-10T09:00:00+02:00
announced_at: 2026-05-04T10:00:00+02:00
announced_to: [shop-manager]
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._timeline import waited

CLAUSES = ("8.7.1", "8.5.1")


def applies(kind: Kind) -> bool:
    return kind.name == "outage"


def note(record: Record) -> str | None:
    """When maintenance began that had not been announced by then."""
    begun, announced = record.part.moment("from"), record.part.moment("announced_at")
    late = begun is not None and (announced is None or announced >= begun)
    return begun.isoformat() if late and begun and record.part.text("type") == "maintenance" else None


def check_book(book: Book) -> Iterator[Finding]:
    for name, begun in book.notes("maintenance-announced-too-late").items():
        if waited(book, begun, 0):
            outage = book.by_id[name].part
            announced = outage.text("announced_at")
            told = f"was announced at {announced}" if announced else "was not announced"
            yield outage.finding(
                "announced_at",
                f"The maintenance {told}, and began at {outage.text('from')}.",
                "Add announced_at: with when it was announced; if nobody was told before, make its type outage.",
            )
