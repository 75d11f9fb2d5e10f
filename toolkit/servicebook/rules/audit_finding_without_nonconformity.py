"""An audit found a nonconformity, and there is no record of it.

A finding is where the work begins: it is corrected, its cause is sought, and somebody looks whether that helped.
Thirty days after the audit each finding of grade major or minor has its nonconformity, named by the finding or
naming it.

## Wrong

```yaml records/audits/AUD-spring.yaml
id: AUD-spring
schema_version: 1
title: Audit of change and incident management
type: internal
scope: Changes and incidents of the web shop.
criteria: ISO/IEC 20000-1 and the change policy.
clauses:
  - "8.5.1"
  - "8.6"
auditors:
  - role: finance-controller
    independence: Has no part in running the shop.
held:
  from: 2026-03-24
  to: 2026-03-26
findings:
  - id: F1
    grade: minor
    clause: "8.5.1"
    statement: Two of five changes name a way back that nobody tried.
```

## Right

```yaml records/audits/AUD-spring.yaml
id: AUD-spring
schema_version: 1
title: Audit of change and incident management
type: internal
scope: Changes and incidents of the web shop.
criteria: ISO/IEC 20000-1 and the change policy.
clauses:
  - "8.5.1"
  - "8.6"
auditors:
  - role: finance-controller
    independence: Has no part in running the shop.
held:
  from: 2026-03-24
  to: 2026-03-26
findings:
  - id: F1
    grade: minor
    clause: "8.5.1"
    statement: Two of five changes name a way back that nobody tried.
```

```yaml records/nonconformities/NC-20260327-b4tz.yaml
id: NC-20260327-b4tz
schema_version: 1
title: Changes with a way back that nobody had tried
source: audit
clause: "8.5.1"
owner:
  role: shop-operations-lead
audit: AUD-spring
finding: F1
timeline:
  - at: 2026-03-27T10:00:00+01:00
    event: raised
```
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from servicebook.book import Book
from servicebook.finding import Finding, quote

CLAUSES = ("9.2", "10.1")

GRACE: Final = timedelta(days=30)
GRADES: Final = ("major", "minor")


def check_book(book: Book) -> Iterator[Finding]:
    taken_up = {(record.part.text("audit"), record.part.text("finding")) for record in book.records("nonconformity")}
    for record in book.records("audit"):
        held = record.part.part("held").day("to")
        if held is None or book.today - held <= GRACE:
            continue
        for found in record.part.parts("findings"):
            named = (record.id, found.text("id"))
            if found.text("grade") in GRADES and "nonconformity" not in found and named not in taken_up:
                yield found.finding(
                    "grade",
                    f"Finding {quote(found.text('id') or '?')} of {record.id} has no record of a nonconformity.",
                    f"Make one: servicebook new nonconformity --set audit={record.id}",
                )
