"""A year has gone by without an internal audit.

Whoever does the work does not see what they have grown used to. An internal audit is held at least once a year,
counted from the last day of the one before; the first within a year from the day on which the management system
began: `since` in `servicebook.toml`, else the date in the oldest record's id. Asked where audits are in view: in the
profiles standard and full, or where there are some.

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
  from: 2025-03-24
  to: 2025-03-26
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
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.cadence import after
from servicebook.config import NAME
from servicebook.finding import Finding
from servicebook.standards import since

CLAUSES = ("9.2",)
SEVERITY = {"starter": "warning", "full": "error"}

_HINT = "Hold one, and record what was looked at and found: servicebook new audit."


def check_book(book: Book) -> Iterator[Finding]:
    if not book.in_view("audit"):
        return
    internal = (record.part for record in book.records("audit") if record.part.text("type") == "internal")
    held = [(day, audit) for audit in internal if (day := audit.part("held").day("to")) and day <= book.today]
    if held:
        day, last = max(held, key=lambda pair: pair[0])
        if (due := after(day, "year")) < book.today:
            yield last.finding("held", f"The last internal audit ended on {day}: another was due by {due}.", _HINT)
    elif (due := after(since(book, book.today), "year")) < book.today:
        yield Finding(NAME, 1, 1, "", f"No internal audit was ever held: the first was due by {due}.", _HINT)
