"""Somebody signed in a role that they did not hold on that day.

An approval counts because of the role that gave it. Where the record of a role says who held it and when, every
sign-off and every approval that names role and person is held against it. One of the two records is wrong, or somebody
approved what was not theirs to approve.

## Wrong

```yaml records/roles/ROL-finance-controller.yaml
id: ROL-finance-controller
schema_version: 1
title: Finance controller
role: finance-controller
responsibilities: Answers for budget and accounts.
authority: Approves spending within the budget.
holders:
  - person: P-5t3n
    from: 2021-09-01
    to: 2025-12-31
  - person: P-4h8b
    from: 2026-01-01
```

```yaml records/budgets/BUD-2026.yaml
id: BUD-2026
schema_version: 1
title: Budget of the shop platform, 2026
period:
  from: 2026-01-01
  to: 2026-12-31
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
    person: P-4h8b
  on: 2025-12-15
```

## Right

```yaml records/roles/ROL-finance-controller.yaml
id: ROL-finance-controller
schema_version: 1
title: Finance controller
role: finance-controller
responsibilities: Answers for budget and accounts.
authority: Approves spending within the budget.
holders:
  - person: P-5t3n
    from: 2021-09-01
    to: 2025-12-31
  - person: P-4h8b
    from: 2026-01-01
```

```yaml records/budgets/BUD-2026.yaml
id: BUD-2026
schema_version: 1
title: Budget of the shop platform, 2026
period:
  from: 2026-01-01
  to: 2026-12-31
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
    person: P-5t3n
  on: 2025-12-15
```
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.part import Part
from servicebook.record import Record
from servicebook.rules._roles import holds, terms
from servicebook.source import Pointer

CLAUSES = ("5.3",)
SEVERITY = "warning"


def note(record: Record) -> list[tuple[Pointer, str, str, str]] | None:
    """Of each sign-off and approval: its place, role, person and day."""
    if b"person:" not in record.source():  # thousands of records name nobody
        return None
    return list(_signed(record, record.data, ())) or None


def check_book(book: Book) -> Iterator[Finding]:
    known = terms(book)
    for name, signed in book.notes("approver-not-in-role").items():
        for pointer, role, person, day in signed:
            if holds(known, person, role, date.fromisoformat(day)) is False:
                yield book.by_id[name].finding(
                    tuple(pointer),
                    f"{quote(person)} signed as {quote(role)} on {day}, and did not hold that role.",
                    "Correct the person or the day, or the holders of the role.",
                )


def _signed(record: Record, value: Any, at: Pointer) -> Iterator[tuple[Pointer, str, str, str]]:
    if isinstance(value, dict):
        part = Part(record, value, at)
        by = part.part("by")
        role, person = by.text("role"), by.text("person")
        # Of an instant, the day on the wall of whoever wrote it: the offset is theirs.
        day = part.day("on") or Part(record, {"at": (part.text("at") or "")[:10]}).day("at")
        if role is not None and person is not None and day is not None:
            yield (*by.pointer, "person"), role, person, day.isoformat()
        for name, inner in value.items():
            yield from _signed(record, inner, (*at, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _signed(record, inner, (*at, number))
