"""Links of one type lead in a circle.

If A is a duplicate of B and B of A, neither is the one that is worked on, and both may be closed in favour of the
other. The same holds for what follows from what, and for causes: a chain has a beginning.

## Wrong

```yaml records/incidents/INC-20251128-k7q2.yaml
id: INC-20251128-k7q2
schema_version: 1
title: Payment page times out
impact: high
urgency: high
timeline:
  - at: 2025-11-28T09:02:00+01:00
    event: opened
links:
  - type: duplicate-of
    to: INC-20251128-p9vc
```

```yaml records/incidents/INC-20251128-p9vc.yaml
id: INC-20251128-p9vc
schema_version: 1
title: Nobody can pay
impact: high
urgency: high
timeline:
  - at: 2025-11-28T09:04:00+01:00
    event: opened
links:
  - type: duplicate-of
    to: INC-20251128-k7q2
```

## Right

```yaml records/incidents/INC-20251128-k7q2.yaml
id: INC-20251128-k7q2
schema_version: 1
title: Payment page times out
impact: high
urgency: high
timeline:
  - at: 2025-11-28T09:02:00+01:00
    event: opened
```

```yaml records/incidents/INC-20251128-p9vc.yaml
id: INC-20251128-p9vc
schema_version: 1
title: Nobody can pay
impact: high
urgency: high
timeline:
  - at: 2025-11-28T09:04:00+01:00
    event: opened
links:
  - type: duplicate-of
    to: INC-20251128-k7q2
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.record import Record
from servicebook.rules._circles import circles

_DIRECTED = {
    "duplicate-of": "a duplicate of",
    "follows": "what follows",
    "caused-by": "caused by",
    "led-to": "what led to",
}


def note(record: Record) -> list[list[str]] | None:
    """Type and target of each link that has a direction."""
    if "links" not in record.data:
        return None
    links = [(link.text("type"), link.text("to")) for link in record.part.parts("links")]
    return [[kind, target] for kind, target in links if kind in _DIRECTED and target is not None] or None


def check_book(book: Book) -> Iterator[Finding]:
    notes = book.notes("circular-links")
    for kind, meaning in _DIRECTED.items():
        steps = {name: [target for type_, target in links if type_ == kind] for name, links in notes.items()}
        for circle in circles(steps):
            record = book.by_id[circle[0]]
            links = record.part.parts("links")
            step = next(
                (link for link in links if (link.text("type"), link.text("to")) == (kind, circle[1])), record.part
            )
            way = ", ".join(map(quote, circle[1:]))
            yield step.finding(
                "to",
                f"By way of {way}, {quote(record.id)} is {meaning} itself.",
                "Remove the link that points back.",
            )
