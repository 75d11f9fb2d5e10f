"""An improvement is said to come from a record, and names none.

A miss, an audit, a complaint or a major incident is closed by what follows from it. The way from one to the other must
be there to walk, in both directions: the improvement names the records it came from, or they name it.

Improvements from an idea or from staff may have nothing behind them but the person who had it.

## Wrong

```yaml records/improvements/2026/IMP-20260413-k7ub.yaml
id: IMP-20260413-k7ub
schema_version: 1
title: Shop faults of the night are resolved by morning
source: {type: sla-miss}
owner: {role: shop-operations-lead}
timeline:
  - {at: 2026-04-13T11:00:00+02:00, event: proposed}
```

## Right

```yaml records/improvements/2026/IMP-20260413-k7ub.yaml
id: IMP-20260413-k7ub
schema_version: 1
title: Shop faults of the night are resolved by morning
source: {type: sla-miss, records: [SRP-20260409-n2wy]}
owner: {role: shop-operations-lead}
timeline:
  - {at: 2026-04-13T11:00:00+02:00, event: proposed}
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding, quote

CLAUSES = ("10.2",)
SEVERITY = "warning"

_NEEDS_NO_RECORD = ("idea", "staff")


def check_book(book: Book) -> Iterator[Finding]:
    for improvement in book.records("improvement"):
        source = improvement.part.part("source")
        kind = source.text("type")
        if kind is None or kind in _NEEDS_NO_RECORD or source.texts("records"):
            continue
        if not book.links_in(improvement.id):
            yield source.finding(
                "type",
                f"The improvement is said to come from {quote(kind)}, and no record shows it.",
                "Add records: with the ids of those that it came from.",
            )
