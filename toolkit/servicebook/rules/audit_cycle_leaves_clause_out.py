"""An audit programme leaves a clause out of its cycle.

Within a cycle every clause of the standard that is in view is audited at least once; which ones more often, risk
decides. What was planned counts until its audit is named, and from then on what that audit looked at. A clause stands
for those below it. Programmes whose cycle ended more than a year ago are left alone.

## Wrong

```yaml records/audit-programmes/AUP-2026.yaml
id: AUP-2026
schema_version: 1
title: Internal audits 2026
cycle:
  from: 2026-01-01
  to: 2026-12-31
criteria: ISO/IEC 20000-1 and our policies.
risk_basis: Change management comes first.
previous_results: None yet.
changes_considered: A second payment provider.
owner:
  role: it-manager
planned:
  - clauses:
      - "4"
      - "5"
      - "7"
      - "8"
      - "9"
    month: 2026-10
    lead:
      role: finance-controller
approved:
  by:
    role: managing-director
  on: 2026-01-12
```

## Right

```yaml records/audit-programmes/AUP-2026.yaml
id: AUP-2026
schema_version: 1
title: Internal audits 2026
cycle:
  from: 2026-01-01
  to: 2026-12-31
criteria: ISO/IEC 20000-1 and our policies.
risk_basis: Change management comes first.
previous_results: None yet.
changes_considered: A second payment provider.
owner:
  role: it-manager
planned:
  - clauses:
      - "4"
      - "5"
      - "6"
      - "7"
      - "8"
      - "9"
      - "10"
    month: 2026-10
    lead:
      role: finance-controller
approved:
  by:
    role: managing-director
  on: 2026-01-12
```
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from servicebook.book import Book
from servicebook.finding import Finding
from servicebook.part import Part
from servicebook.rules._clauses import asked, audit_of, looks_at

CLAUSES = ("9.2",)

LONG_AGO: Final = timedelta(days=365)
SHOWN: Final = 10
"""Clauses that the message names; of more it gives the number."""


def check_book(book: Book) -> Iterator[Finding]:
    programmes = [record.part for record in book.records("audit-programme")]
    recent = [part for part in programmes if (end := part.part("cycle").day("to")) and book.today - end <= LONG_AGO]
    if not recent:
        return
    leaves = asked(book)
    for programme in recent:
        counted = [clause for one in programme.parts("planned") for clause in _clauses(book, one)]
        missing = [number for number in leaves if not looks_at(counted, number)]
        if missing:
            more = f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else ""
            yield programme.finding(
                "planned",
                f"{programme.record.id} plans no audit of {', '.join(missing[:SHOWN])}{more}.",
                "Plan each clause once within the cycle, or let servicebook.toml say why it is not in view.",
            )


def _clauses(book: Book, planned: Part) -> list[str]:
    return (audit_of(book, planned) or planned).texts("clauses")
