"""A service is retired, and something still counts on it.

An SLA that covers a retired service promises what nobody provides. A service that depends on it is about to fail, or
the dependency is no longer true. A ticket that is still open for it will never be worked on.

## Wrong

```yaml records/services/SVC-fax.yaml
id: SVC-fax
schema_version: 1
title: Orders by fax
owner: it-manager
criticality: supporting
live_from: 2019-01-01
retired_on: 2026-03-31
```

```yaml records/services/SVC-order-system.yaml
id: SVC-order-system
schema_version: 1
title: Order system
owner: it-manager
criticality: vital
live_from: 2019-01-01
depends_on: [SVC-fax]
```

## Right

```yaml records/services/SVC-fax.yaml
id: SVC-fax
schema_version: 1
title: Orders by fax
owner: it-manager
criticality: supporting
live_from: 2019-01-01
retired_on: 2026-03-31
```

```yaml records/services/SVC-order-system.yaml
id: SVC-order-system
schema_version: 1
title: Order system
owner: it-manager
criticality: vital
live_from: 2019-01-01
```
"""

from collections.abc import Iterator
from datetime import date

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._agreements import in_force, is_live
from servicebook.rules._states import last
from servicebook.rules._timeline import is_over, tells

CLAUSES = ("8.2.2", "8.5.2")

_TICKETS = ("incident", "service-request", "problem")
_ENDED = frozenset({"resolved", "fulfilled", "closed", "rejected", "cancelled"})


def applies(kind: Kind) -> bool:
    return tells(kind, *_TICKETS)


def note(record: Record) -> str | None:
    """The service for which a ticket is open."""
    service = record.part.text("service")
    return service if service is not None and not is_over(record) and last(record) not in _ENDED else None


def check_book(book: Book) -> Iterator[Finding]:
    services = list(book.records("service"))
    ends = {service.id: service.part.day("retired_on") for service in services}
    retired = {name: day for name, day in ends.items() if day is not None and day <= book.today}
    for service in services:
        if is_live(service, book.today):
            yield from _listed(service, "depends_on", retired, "depends on")
    for sla in book.records("sla"):
        if in_force(sla, book.today):
            yield from _listed(sla, "services", retired, "covers")
    for name, service_id in book.notes("retired-service-in-use").items():
        if service_id in retired:
            yield book.by_id[name].part.finding(
                "service",
                f"{quote(name)} is open for {quote(service_id)}, which was retired on {retired[service_id]}.",
                "Close it with what was decided, or name the service that it is about now.",
            )


def _listed(record: Record, field: str, retired: dict[str, date], does: str) -> Iterator[Finding]:
    for place, name in enumerate(record.part.texts(field)):
        if name in retired:
            yield record.finding(
                (field, place),
                f"{quote(record.id)} {does} {quote(name)}, which was retired on {retired[name]}.",
                "Take it out of the list, or correct retired_on: of the service.",
            )
