"""A service is live, and no SLA in force covers it.

What was not agreed cannot be kept or missed. Without an SLA an incident of the service has no target, a report has
nothing to compare with, and each side remembers another promise.

The rule looks at services that have been live for 30 days on the day from which the book is judged; where `services`
under `[scope]` in `servicebook.toml` names some, at those.

## Wrong

```yaml records/services/SVC-online-shop.yaml
id: SVC-online-shop
schema_version: 1
title: Online shop
owner: shop-operations-lead
criticality: vital
live_from: 2021-05-01
```

## Right

```yaml records/services/SVC-online-shop.yaml
id: SVC-online-shop
schema_version: 1
title: Online shop
owner: shop-operations-lead
criticality: vital
live_from: 2021-05-01
```

```yaml records/slas/SLA-online-shop.yaml
id: SLA-online-shop
schema_version: 2
title: Online shop
services: [SVC-online-shop]
customer: retail-director
versions:
  - version: 1
    valid_from: 2025-02-01
    calendar: CAL-office
    matrix: MTX-standard
    targets:
      - {measure: response, priority: P1, limit: 15m, time: elapsed}
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.rules._agreements import in_force, live_services

CLAUSES = ("8.3.3",)
SEVERITY = {"starter": "warning", "standard": "error"}


def check_book(book: Book) -> Iterator[Finding]:
    named = [(sla, set(sla.part.texts("services"))) for sla in book.records("sla")]
    for service in live_services(book):
        slas = [sla for sla, services in named if service.id in services]
        if any(in_force(sla, book.today) for sla in slas):
            continue
        yield service.part.finding(
            "live_from",
            f"{quote(service.id)} is live, and no SLA covers it on {book.today}.",
            f"Add a version of {quote(slas[0].id)} that holds now."
            if slas
            else "Add an SLA that names it, or say retired_on: if nobody gets it any more.",
        )
