"""Maintenance was announced, but later than the service level agreement asks for.

Announced as agreed, maintenance is taken out of the agreed hours. Announced later it is downtime like any other: those
who use the service had not the time that they were promised to plan around it. The figure of availability counts it so,
and whoever announces the next one should know.

What began before the management system did (`since` under `[scope]` in `servicebook.toml`) is left alone.

## Wrong

```yaml records/outages/OUT-20260510-n7pe.yaml
id: OUT-20260510-n7pe
schema_version: 1
title: New storage for the order system
type: maintenance
services: [SVC-order-system]
from: 2026-05-10T06:00:00+02:00
to: 2026-05-10T09:00:00+02:00
announced_at: 2026-05-08T10:00:00+02:00
```

```yaml records/slas/SLA-order-system.yaml
id: SLA-order-system
schema_version: 2
title: Order system
services: [SVC-order-system]
customer: retail-operations-manager
versions:
  - version: 1
    valid_from: 2026-01-01
    calendar: CAL-office
    matrix: MTX-standard
    targets:
      - {measure: resolution, priority: P1, limit: 4h, time: working}
    availability:
      - {target: 99.5, maintenance_notice: 72h}
    review_every: quarter
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
```

```yaml records/slas/SLA-order-system.yaml
id: SLA-order-system
schema_version: 2
title: Order system
services: [SVC-order-system]
customer: retail-operations-manager
versions:
  - version: 1
    valid_from: 2026-01-01
    calendar: CAL-office
    matrix: MTX-standard
    targets:
      - {measure: resolution, priority: P1, limit: 4h, time: working}
    availability:
      - {target: 99.5, maintenance_notice: 72h}
    review_every: quarter
```
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from servicebook.book import Book
from servicebook.clock.duration import seconds_of_duration
from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._agreements import in_force
from servicebook.rules._timeline import waited

CLAUSES = ("8.3.3", "8.7.1")
SEVERITY = "warning"


def applies(kind: Kind) -> bool:
    return kind.name == "outage"


def note(record: Record) -> list[Any] | None:
    """When maintenance was announced and when it began, where it was announced before, and the services."""
    begun, announced = record.part.moment("from"), record.part.moment("announced_at")
    if record.part.text("type") != "maintenance" or begun is None or announced is None or announced >= begun:
        return None
    return [announced.isoformat(), begun.isoformat(), record.part.texts("services")]


def check_book(book: Book) -> Iterator[Finding]:
    for name, (announced, begun, services) in book.notes("maintenance-notice-too-short").items():
        day = waited(book, begun, 0)
        if day is None:
            continue
        given = datetime.fromisoformat(begun) - datetime.fromisoformat(announced)
        for sla, agreed in _agreed(book, services, day):
            if given < timedelta(seconds=seconds_of_duration(agreed)):
                yield book.by_id[name].part.finding(
                    "announced_at",
                    f"The maintenance was announced {_hours(given)} before it began; {sla} asks for {agreed}.",
                    "It counts as downtime: announce the next one earlier, or correct the time if it is wrong.",
                )


def _agreed(book: Book, services: list[str], day: date) -> Iterator[tuple[str, str]]:
    """Id of each SLA whose version in force asks for notice of maintenance of any of the services, and how long."""
    for sla in book.records("sla"):
        version = in_force(sla, day)
        covered = set(sla.part.texts("services")).intersection(services)
        for agreed in version.part.parts("availability") if version is not None else ():
            notice = agreed.text("maintenance_notice")
            if notice is not None and covered.intersection(agreed.texts("services") or covered):
                yield sla.id, notice


def _hours(span: timedelta) -> str:
    minutes = span // timedelta(minutes=1)
    return f"{minutes // 60}h" + (f"{minutes % 60}m" if minutes % 60 else "")
