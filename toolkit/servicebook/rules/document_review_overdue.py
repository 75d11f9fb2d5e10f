"""A document has not been reviewed in time.

A policy that nobody has read for two years describes how things were done two years ago. Every document says how
often somebody reads it and asks whether it still holds; the review may well end with no change at all. What counts is
the later of `reviewed_on` and the last approval of a version. Documents that are no longer in force are left alone.

## Wrong

```yaml records/documents/DOC-plan.yaml
id: DOC-plan
schema_version: 1
title: Service management plan
type: service-management-plan
owner:
  role: it-manager
versions:
  - version: 1
    valid_from: 2025-02-01
    content:
      path: documents/plan.md
      sha256: 3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea
    approved:
      by:
        role: managing-director
      on: 2025-01-20
review_every: year
```

## Right

```yaml records/documents/DOC-plan.yaml
id: DOC-plan
schema_version: 1
title: Service management plan
type: service-management-plan
owner:
  role: it-manager
versions:
  - version: 1
    valid_from: 2025-02-01
    content:
      path: documents/plan.md
      sha256: 3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea
    approved:
      by:
        role: managing-director
      on: 2025-01-20
review_every: year
reviewed_on: 2026-01-19
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.cadence import after
from servicebook.finding import Finding
from servicebook.rules._agreements import versions

CLAUSES = ("7.5.2", "7.5.3")
SEVERITY = "warning"


def check_book(book: Book) -> Iterator[Finding]:
    for record in book.records("document"):
        document, said = record.part, versions(record)
        if all(version.last < book.today for version in said):
            continue
        days = (document.day("reviewed_on"), *(version.part.part("approved").day("on") for version in said))
        last = max((day for day in days if day is not None and day <= book.today), default=None)
        if last is not None and (due := after(last, document.text("review_every"))) < book.today:
            yield document.finding(
                "reviewed_on" if "reviewed_on" in document else "review_every",
                f"The review of {record.id} was due on {due}: it was last looked at on {last}.",
                "Read it, change what no longer holds, and set reviewed_on.",
            )
