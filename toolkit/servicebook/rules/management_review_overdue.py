"""No management review was held for a year, or since the day that the last one named.

Top management looks at the whole system at planned intervals, and a year is the longest that anybody plans. Where no
review is recorded yet, the year runs from the day on which the management system began (`since` under `[scope]` in
`servicebook.toml`); without that day nothing is due. A book of the profile `starter` is not asked for one, but once it
has held a review, it holds the next.

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
next_due: 2026-05-31
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
next_due: 2026-09-30
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.cadence import after
from servicebook.config import NAME as CONFIGURATION
from servicebook.finding import Finding
from servicebook.rules._reviews import held

CLAUSES = ("9.3",)
SEVERITY = {"starter": "warning", "standard": "error"}

_HINT = "Hold the review and record it: servicebook new review --set type=management-review."


def check_book(book: Book) -> Iterator[Finding]:
    reviews = held(book, "management-review")
    if reviews:
        day, last = reviews[-1]
        due = min(after(day, "year"), last.part.day("next_due") or after(day, "year"))
        if due < book.today:
            message = f"The last management review was held on {day}; the next was due on {due}."
            yield last.part.finding("next_due" if "next_due" in last.part else "held_on", message, _HINT)
    elif book.config.since is not None and book.config.has_in_view("standard"):
        due = after(book.config.since, "year")
        if due < book.today:
            message = f"No management review was held; the first was due on {due}."
            yield Finding(CONFIGURATION, 1, 1, "", message, _HINT)
