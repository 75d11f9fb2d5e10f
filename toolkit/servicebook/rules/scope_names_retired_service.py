"""The scope names a service that is retired.

What a certificate covers is read from the scope. A service that no longer exists has no place in it: an auditor
would ask for its records of this year.

## Wrong

```yaml records/scopes/SCO-it.yaml
id: SCO-it
schema_version: 1
title: Scope
statement: The services of the IT team.
organisation: IT team
services:
  - SVC-shop
context:
  - issue: Half of the year is sold in five weeks.
    type: external
    relevance: Capacity is planned for that peak.
parties:
  - party: Shop customers
    requirements: To order at any hour.
approved:
  by:
    role: managing-director
  on: 2025-01-13
reviewed_on: 2026-01-12
review_every: year
```

```yaml records/services/SVC-shop.yaml
id: SVC-shop
schema_version: 1
title: Online shop
owner: shop-lead
criticality: vital
live_from: 2024-01-01
retired_on: 2026-04-30
```

## Right

```yaml records/scopes/SCO-it.yaml
id: SCO-it
schema_version: 1
title: Scope
statement: The services of the IT team.
organisation: IT team
services:
  - SVC-shop
context:
  - issue: Half of the year is sold in five weeks.
    type: external
    relevance: Capacity is planned for that peak.
parties:
  - party: Shop customers
    requirements: To order at any hour.
approved:
  by:
    role: managing-director
  on: 2025-01-13
reviewed_on: 2026-01-12
review_every: year
```

```yaml records/services/SVC-shop.yaml
id: SVC-shop
schema_version: 1
title: Online shop
owner: shop-lead
criticality: vital
live_from: 2024-01-01
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding

CLAUSES = ("4.3",)
SEVERITY = "warning"


def check_book(book: Book) -> Iterator[Finding]:
    for scope in book.records("scope"):
        for link in scope.links:
            service = book.by_id.get(link.target)
            if link.pointer[0] != "services" or service is None or not service.valid:
                continue
            retired = service.part.day("retired_on")
            if retired is not None and retired <= book.today:
                yield scope.finding(
                    link.pointer,
                    f"{scope.id} covers {service.id}, which is retired since {retired}.",
                    "Take the service out of the scope, and let the scope be approved anew.",
                )
