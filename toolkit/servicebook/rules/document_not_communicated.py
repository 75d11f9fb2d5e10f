"""A policy was approved and those who work by it were not told.

Nobody can follow a policy that they have not heard of. A policy that has been in force for thirty days says in
`communicated` to whom it was made known, when and how, since it was approved; or a record of a communication that
is linked to it does. A new version is told anew.

## Wrong

```yaml records/documents/DOC-change-policy.yaml
id: DOC-change-policy
schema_version: 1
title: Change policy
type: service-management-policy
owner:
  role: it-manager
versions:
  - version: 1
    valid_from: 2026-02-01
    content:
      path: documents/policy.md
      sha256: 3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea
    approved:
      by:
        role: managing-director
      on: 2026-01-26
review_every: year
```

## Right

```yaml records/documents/DOC-change-policy.yaml
id: DOC-change-policy
schema_version: 1
title: Change policy
type: service-management-policy
owner:
  role: it-manager
versions:
  - version: 1
    valid_from: 2026-02-01
    content:
      path: documents/policy.md
      sha256: 3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea
    approved:
      by:
        role: managing-director
      on: 2026-01-26
review_every: year
communicated:
  - to:
      - service-desk
    on: 2026-01-28
    how: Read aloud and questioned in the Wednesday meeting.
```
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from servicebook.book import Book
from servicebook.finding import Finding
from servicebook.record import Record
from servicebook.rules._agreements import in_force

CLAUSES = ("5.2.2", "7.3", "7.4", "8.5.1", "8.7.3")
SEVERITY = "warning"

POLICIES: Final = ("service-management-policy", "information-security-policy", "change-policy")
GRACE: Final = timedelta(days=30)


def check_book(book: Book) -> Iterator[Finding]:
    for document in book.records("document"):
        version = in_force(document, book.today) if document.part.text("type") in POLICIES else None
        if version is None or book.today - version.first <= GRACE:
            continue
        approved = version.part.part("approved").day("on") or version.first
        if not any(approved <= day <= book.today for day in _told(book, document)):
            yield document.part.finding(
                "communicated",
                f"Nobody was told of version {version.number} of {document.id}, in force since {version.first}.",
                "Make it known, and add to communicated: to whom, on which day, and how.",
            )


def _told(book: Book, document: Record) -> Iterator[date]:
    """The days on which the document was made known."""
    days = [told.day("on") for told in document.part.parts("communicated")]
    linked = (record for record in book.connected(document, "communication") if record.valid)
    days += [record.part.day("held_on") for record in linked]
    yield from (day for day in days if day is not None)
