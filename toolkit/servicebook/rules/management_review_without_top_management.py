"""Nobody of top management took part in a management review.

The review is where those who answer for the organisation look at the system and decide on means. Held without them it
is a meeting of the team. Who counts says the attendee's `top_management`, or that of the record of the role.

## Wrong

```yaml records/reviews/REV-20260122-h5qv.yaml
id: REV-20260122-h5qv
schema_version: 2
title: Management review of 2025
type: management-review
held_on: 2026-01-22
chair: managing-director
attendees:
  - role: managing-director
  - role: it-manager
```

## Right

```yaml records/reviews/REV-20260122-h5qv.yaml
id: REV-20260122-h5qv
schema_version: 2
title: Management review of 2025
type: management-review
held_on: 2026-01-22
chair: managing-director
attendees:
  - role: managing-director
    top_management: true
  - role: it-manager
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding
from servicebook.rules._reviews import held

CLAUSES = ("5.1", "9.3")


def check_book(book: Book) -> Iterator[Finding]:
    top = {role.part.text("role") for role in book.records("role") if role.part.truth("top_management")}
    for day, review in held(book, "management-review"):
        attendees = review.part.parts("attendees")
        if not any(attendee.truth("top_management") or attendee.text("role") in top for attendee in attendees):
            yield review.part.finding(
                "attendees",
                f"Nobody of top management is among the attendees of the management review of {day}.",
                "Add top_management: true to whoever belongs to it, or hold the review with them.",
            )
