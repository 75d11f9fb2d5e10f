"""An audit was held and nobody was told what came out.

What an audit finds concerns those who can change it. Thirty days after its last day the record says to whom it was
reported and when. Audits of more than three years ago, the life of a certificate, are left alone.

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
reported:
  to:
    - managing-director
  on: 2026-03-31
```
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from servicebook.book import Book
from servicebook.finding import Finding

CLAUSES = ("9.2",)
SEVERITY = "warning"

GRACE: Final = timedelta(days=30)
LONG_AGO: Final = timedelta(days=3 * 365)


def check_book(book: Book) -> Iterator[Finding]:
    for record in book.records("audit"):
        held = record.part.part("held").day("to")
        if held is not None and "reported" not in record.part and GRACE < book.today - held <= LONG_AGO:
            yield record.part.finding(
                "held",
                f"{record.id} ended on {held}, and nobody is named to whom it was reported.",
                "Add reported: with the roles and the day.",
            )
