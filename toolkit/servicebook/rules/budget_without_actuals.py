"""A budget's period is over, and what it cost was never written down.

A budget without actual costs is a wish. Sixty days after its last day, every line says what was spent. Budgets that
ended more than two years ago are left alone.

## Wrong

```yaml records/budgets/BUD-2025.yaml
id: BUD-2025
schema_version: 1
title: Budget of the shop platform, 2025
period:
  from: 2025-01-01
  to: 2025-12-31
currency: EUR
lines:
  - id: L1
    item: Hosting
    planned: 38000
owner:
  role: it-manager
approved:
  by:
    role: finance-controller
  on: 2024-12-16
```

## Right

```yaml records/budgets/BUD-2025.yaml
id: BUD-2025
schema_version: 1
title: Budget of the shop platform, 2025
period:
  from: 2025-01-01
  to: 2025-12-31
currency: EUR
lines:
  - id: L1
    item: Hosting
    planned: 38000
    actual: 39120
owner:
  role: it-manager
approved:
  by:
    role: finance-controller
  on: 2024-12-16
```
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from servicebook.book import Book
from servicebook.finding import Finding, quote

CLAUSES = ("7.1", "8.4.1")
SEVERITY = "warning"

GRACE: Final = timedelta(days=60)
LONG_AGO: Final = timedelta(days=730)


def check_book(book: Book) -> Iterator[Finding]:
    for record in book.records("budget"):
        ended = record.part.part("period").day("to")
        if ended is None or not GRACE < book.today - ended <= LONG_AGO:
            continue
        for line in record.part.parts("lines"):
            if "actual" not in line:
                yield line.finding(
                    "",
                    f"Line {quote(line.text('id') or '?')} of {record.id}, which ended on {ended}, has no actual cost.",
                    "Add actual: with what was spent.",
                )
