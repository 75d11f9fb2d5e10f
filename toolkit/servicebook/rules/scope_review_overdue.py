"""The scope has not been reviewed in time.

Services come and go, laws change, a supplier is bought. The scope, the issues around it and what the interested
parties want are looked at as often as the record says, even when nothing needs to change.

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
reviewed_on: 2025-01-13
review_every: year
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
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.cadence import after
from servicebook.finding import Finding

CLAUSES = ("4.1", "4.2", "4.3")
SEVERITY = "warning"


def check_book(book: Book) -> Iterator[Finding]:
    for record in book.records("scope"):
        reviewed = record.part.day("reviewed_on")
        if reviewed is not None and (due := after(reviewed, record.part.text("review_every"))) < book.today:
            yield record.part.finding(
                "reviewed_on",
                f"The review of {record.id} was due on {due}: it was last looked at on {reviewed}.",
                "Ask whether scope, context and parties still hold, and set reviewed_on.",
            )
