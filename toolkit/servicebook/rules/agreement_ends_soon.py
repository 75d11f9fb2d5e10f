"""An agreement ends within 60 days, and what rests on it goes on.

A contract takes weeks to renew, and an SLA a conversation for which somebody must prepare. Sixty days are enough for
both; the day itself is too late.

The rule looks at SLAs whose services stay live, and at supporting agreements whose SLA goes on.

## Wrong

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
    valid_to: 2026-07-31
    calendar: CAL-office
    matrix: MTX-standard
    targets:
      - {measure: response, priority: P1, limit: 15m, time: elapsed}
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
    valid_to: 2027-07-31
    calendar: CAL-office
    matrix: MTX-standard
    targets:
      - {measure: response, priority: P1, limit: 15m, time: elapsed}
```
"""

from collections.abc import Iterator
from datetime import timedelta

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.rules._agreements import Version, in_force, is_live, versions
from servicebook.rules._ends import needed

CLAUSES = ("8.3.3", "8.3.4")
SEVERITY = "warning"

_AHEAD = timedelta(days=60)


def check_book(book: Book) -> Iterator[Finding]:
    then = book.today + _AHEAD
    for agreement, last, sla in needed(book, then):
        if book.today <= last.last < then:
            yield _ends(agreement.id, last, f"{quote(sla.id)}, which it supports, goes on")
    services = {service.id: service for service in book.records("service") if is_live(service, then)}
    covered = {name for sla in book.records("sla") if in_force(sla, then) for name in sla.part.texts("services")}
    for sla in book.records("sla"):
        left = [name for name in sla.part.texts("services") if name in services and name not in covered]
        for version in versions(sla)[-1:] if left else ():
            if book.today <= version.last < then:
                yield _ends(sla.id, version, f"{quote(left[0])} stays live")


def _ends(name: str, last: Version, but: str) -> Finding:
    return last.part.finding(
        "valid_to", f"{quote(name)} ends on {last.last}, and {but}.", "Agree what follows, and add it as a version."
    )
