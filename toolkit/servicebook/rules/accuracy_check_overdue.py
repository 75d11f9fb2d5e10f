"""Nobody has compared a configuration item with the thing itself for longer than was planned.

Records of what is where become wrong quietly, one replaced disk at a time. Whoever plans a change by them finds out
at night.

The rule looks at items in use that say `check_every`, from their last check on; an item without any is found at once,
for writing it down is the first time it was compared.

## Wrong

```yaml records/configuration-items/CI-shop-database.yaml
id: CI-shop-database
schema_version: 1
title: Database of the web shop
type: data
status: in-use
owner: {role: shop-engineer}
check_every: half-year
checks:
  - on: 2025-09-01
    by: {role: backup-operator}
    accurate: true
```

## Right

```yaml records/configuration-items/CI-shop-database.yaml
id: CI-shop-database
schema_version: 1
title: Database of the web shop
type: data
status: in-use
owner: {role: shop-engineer}
check_every: half-year
checks:
  - on: 2026-03-01
    by: {role: backup-operator}
    accurate: true
```
"""

from collections.abc import Iterator
from datetime import date

from servicebook.book import Book
from servicebook.cadence import MONTHS, after
from servicebook.finding import Finding, quote
from servicebook.kinds import Kind
from servicebook.record import Record

CLAUSES = ("8.2.6",)
SEVERITY = {"starter": "warning", "full": "error"}


def applies(kind: Kind) -> bool:
    return kind.name == "configuration-item"


def note(record: Record) -> str | None:
    """The day by which an item is to be checked again, "" for one that never was."""
    every = record.part.text("check_every")
    if every not in MONTHS or record.part.text("status") != "in-use":
        return None
    days = [day for check in record.part.parts("checks") if (day := check.day("on")) is not None]
    return after(max(days), every).isoformat() if days else ""


def check_book(book: Book) -> Iterator[Finding]:
    for name, due in book.notes("accuracy-check-overdue").items():
        if not due or date.fromisoformat(due) < book.today:
            what = f"was to be checked again by {due}" if due else "was never checked"
            yield book.by_id[name].part.finding(
                "check_every",
                f"{quote(name)} {what}.",
                "Compare it with the thing itself and add the check: on, by, accurate, and what differed.",
            )
