"""A service is neither in the scope nor left out of it.

Whoever reads the scope wants to know of every service whether it is covered. A service that has been live for
30 days, that no scope names, and that no scope says it leaves out (by its id or its title, with the reason), leaves
that open. Nothing is asked of a book without a record of its scope.

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

```yaml records/services/SVC-payroll.yaml
id: SVC-payroll
schema_version: 1
title: Payroll
owner: shop-lead
criticality: vital
live_from: 2024-01-01
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
exclusions:
  - what: SVC-payroll
    reason: The accountant runs it and answers for it.
```

```yaml records/services/SVC-payroll.yaml
id: SVC-payroll
schema_version: 1
title: Payroll
owner: shop-lead
criticality: vital
live_from: 2024-01-01
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding
from servicebook.record import Record
from servicebook.rules._agreements import live_services

CLAUSES = ("4.3",)
SEVERITY = "warning"


def check_book(book: Book) -> Iterator[Finding]:
    scopes = [scope.part for scope in book.records("scope")]
    if not scopes:
        return
    covered = {name for scope in scopes for name in scope.texts("services")}
    left_out = [exclusion.text("what") or "" for scope in scopes for exclusion in scope.parts("exclusions")]
    for service in live_services(book):
        if service.id not in covered and not any(_names(what, service) for what in left_out):
            yield service.finding(
                ("title",),
                f"No scope says whether it covers {service.id}.",
                "Add the service to the scope, or to its exclusions with the reason.",
            )


def _names(what: str, service: Record) -> bool:
    return service.id in what or service.title.casefold() in what.casefold()
