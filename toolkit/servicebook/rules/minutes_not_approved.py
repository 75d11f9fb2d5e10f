"""The minutes of a review were not approved within sixty days.

Until somebody besides the writer has agreed to them, minutes are one person's memory, and a decision in them can be
disputed. Reviews from before the day on which the management system began (`since` under `[scope]` in
`servicebook.toml`) are left alone.

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
    top_management: true
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
approved:
  by: {role: managing-director}
  on: 2026-01-29
```
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from servicebook.book import Book
from servicebook.finding import Finding
from servicebook.rules._reviews import held

CLAUSES = ("7.5.4", "9.3")
SEVERITY = "warning"

WITHIN: Final = timedelta(days=60)


def check_book(book: Book) -> Iterator[Finding]:
    since = book.config.since or date.min
    for day, review in held(book):
        if since <= day < book.today - WITHIN and not review.part.part("approved"):
            yield review.part.finding(
                "held_on",
                f"The minutes of {day} are not approved.",
                "Let one who was there agree to them, and add approved: with by: and on:.",
            )
