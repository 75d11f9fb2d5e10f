"""A change was implemented a month ago, and nobody has looked whether it worked.

A change is made for a reason. Whether the reason is gone, and what else happened, shows after some days, and is
forgotten after some weeks.

Normal and emergency changes are looked at. Within 30 days after the implementation the review may be missing; what was
implemented before the management system began (`since` under `[scope]` in `servicebook.toml`) is left alone.

## Wrong

```yaml records/changes/2026/CHG-20260202-w5kd.yaml
id: CHG-20260202-w5kd
schema_version: 1
title: Export stock from a copy
category: normal
type: component
reason: The checkout waits for the export.
requester: {role: order-system-engineer}
approvals:
  - decision: approved
    by: {role: it-manager}
    at: 2026-02-05T14:00:00+01:00
timeline:
  - {at: 2026-02-02T09:30:00+01:00, event: requested}
  - {at: 2026-02-05T14:00:00+01:00, event: approved}
  - {at: 2026-02-10T05:00:00+01:00, event: implementation-started}
  - {at: 2026-02-10T06:20:00+01:00, event: implemented}
```

## Right

```yaml records/changes/2026/CHG-20260202-w5kd.yaml
id: CHG-20260202-w5kd
schema_version: 1
title: Export stock from a copy
category: normal
type: component
reason: The checkout waits for the export.
requester: {role: order-system-engineer}
approvals:
  - decision: approved
    by: {role: it-manager}
    at: 2026-02-05T14:00:00+01:00

review:
  by: {role: shop-operations-lead}
  on: 2026-02-24
  effective: true
  statement: No order has waited since.
timeline:
  - {at: 2026-02-02T09:30:00+01:00, event: requested}
  - {at: 2026-02-05T14:00:00+01:00, event: approved}
  - {at: 2026-02-10T05:00:00+01:00, event: implementation-started}
  - {at: 2026-02-10T06:20:00+01:00, event: implemented}
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._states import entered
from servicebook.rules._timeline import tells, waited

CLAUSES = ("8.5.1",)

_LONGEST = 30  # days


def applies(kind: Kind) -> bool:
    return tells(kind, "change")


def note(record: Record) -> str | None:
    """When a change was implemented that has no review."""
    if record.part.text("category") == "standard" or "review" in record.part:
        return None
    return next((start for state, start in reversed(entered(record)) if state == "implemented"), None)


def check_book(book: Book) -> Iterator[Finding]:
    for name, implemented in book.notes("implemented-change-without-review").items():
        if day := waited(book, implemented, _LONGEST):
            yield book.by_id[name].part.finding(
                "timeline",
                f"The change {quote(name)} was implemented on {day} and has no review.",
                "Add review: with by, on, effective and statement.",
            )
