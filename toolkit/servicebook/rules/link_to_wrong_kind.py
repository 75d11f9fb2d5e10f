"""A record names another of the wrong kind.

A field such as `service` says what it leads to. An SLA whose calendar is a service would leave its
clock without hours, and the site would show a chain that means nothing.

## Wrong

```yaml records/services/SVC-shop.yaml
id: SVC-shop
schema_version: 1
title: Online shop
owner: shop-lead
criticality: vital
live_from: 2024-01-01
depends_on:
  - MTX-standard
```

```yaml records/priority-matrices/MTX-standard.yaml
id: MTX-standard
schema_version: 1
title: Standard priorities
versions:
  - version: 1
    valid_from: 2024-01-01
    levels:
      - id: P1
        name: Critical
    priority:
      high: {high: P1, medium: P1, low: P1}
      medium: {high: P1, medium: P1, low: P1}
      low: {high: P1, medium: P1, low: P1}
```

## Right

```yaml records/services/SVC-shop.yaml
id: SVC-shop
schema_version: 1
title: Online shop
owner: shop-lead
criticality: vital
live_from: 2024-01-01
depends_on:
  - SVC-orders
```

```yaml records/services/SVC-orders.yaml
id: SVC-orders
schema_version: 1
title: Order system
owner: shop-lead
criticality: vital
live_from: 2024-01-01
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding, quote


def check_book(book: Book) -> Iterator[Finding]:
    known = book.by_id
    for record in book.all:
        for link in record.links:
            target = known.get(link.target)
            if link.kinds and target is not None and target.kind.name not in link.kinds:
                wanted = " or ".join(sorted(link.kinds))
                yield record.finding(
                    link.pointer,
                    f"{quote(link.target)} is of the kind {target.kind.name}, where the kind {wanted} is due.",
                    f"Name a record of that kind: servicebook list {min(link.kinds)} shows their ids.",
                )
