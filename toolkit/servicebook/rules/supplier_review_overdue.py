"""The performance of a supplier was not reviewed within the agreed time.

What a supplier misses, our customers miss a little later. The supplier's record says how often its performance is held
against the agreement; a review stands there under `reviews`, or is a record of its own of the type
`supplier-review`. Time runs from the last of either; before the first, from the day on which the management system
began (`since` under `[scope]` in `servicebook.toml`). A supplier with whom it ended is left alone.

## Wrong

```yaml records/suppliers/SUP-hosting.yaml
id: SUP-hosting
schema_version: 1
title: Hosting of the web shop
type: external
owner: {role: it-manager}
services: []
supplies: Two servers and their network.
review_every: half-year
reviews:
  - on: 2025-12-01
    by: {role: it-manager}
    summary: Every target was met.
    met: true
```

## Right

```yaml records/suppliers/SUP-hosting.yaml
id: SUP-hosting
schema_version: 1
title: Hosting of the web shop
type: external
owner: {role: it-manager}
services: []
supplies: Two servers and their network.
review_every: half-year
reviews:
  - on: 2026-01-12
    by: {role: it-manager}
    summary: Every target was met.
    met: true
```
"""

from collections.abc import Iterator
from datetime import date

from servicebook.book import Book
from servicebook.cadence import after
from servicebook.finding import Finding
from servicebook.record import Record
from servicebook.rules._reviews import held

CLAUSES = ("8.3.4",)
SEVERITY = {"starter": "warning", "standard": "error"}


def check_book(book: Book) -> Iterator[Finding]:
    for supplier in book.records("supplier"):
        last = max((day for day in _reviewed(book, supplier) if day <= book.today), default=None)
        begun = last or book.config.since
        due = after(begun, supplier.part.text("review_every")) if begun is not None else date.max
        if due < book.today and (supplier.part.day("ended_on") or date.max) > book.today:
            was = f"last reviewed on {last}" if last is not None else "never reviewed"
            yield supplier.part.finding(
                "review_every",
                f"The performance of {supplier.id} was {was}; the next review was due on {due}.",
                "Hold it against the agreement, and add it under reviews:.",
            )


def _reviewed(book: Book, supplier: Record) -> Iterator[date]:
    for entry in supplier.part.parts("reviews"):
        if (day := entry.day("on")) is not None:
            yield day
    for on, review in held(book, "supplier-review"):
        if any(link.target == supplier.id for link in review.links):
            yield on
