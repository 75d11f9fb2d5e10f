"""A risk was not looked at again within the time that it sets itself.

A register of risks that is written once and kept is a list of yesterday's worries. Each risk says how often it is
reviewed; the date of the last review shows that somebody still believes what stands there.

## Wrong

```yaml records/risks/RSK-order-data-leaks.yaml
id: RSK-order-data-leaks
schema_version: 1
title: Order data leaks
area: security
statement: An export of orders is sent to the wrong address and read there.
owner: {role: infrastructure-engineer}
likelihood: low
impact: high
treatment: reduce
identified_on: 2025-04-22
reviewed_on: 2025-10-20
review_every: half-year
```

## Right

```yaml records/risks/RSK-order-data-leaks.yaml
id: RSK-order-data-leaks
schema_version: 1
title: Order data leaks
area: security
statement: An export of orders is sent to the wrong address and read there.
owner: {role: infrastructure-engineer}
likelihood: low
impact: high
treatment: reduce
identified_on: 2025-04-22
reviewed_on: 2026-04-22
review_every: half-year
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.cadence import after
from servicebook.finding import Finding

CLAUSES = ("6.1",)
SEVERITY = {"starter": "warning", "full": "error"}


def check_book(book: Book) -> Iterator[Finding]:
    for risk in (record.part for record in book.records("risk")):
        reviewed = risk.day("reviewed_on")
        if reviewed is None or "closed_on" in risk:
            continue
        due = after(reviewed, risk.text("review_every"))
        if due < book.today:
            yield risk.finding(
                "reviewed_on",
                f"The risk was last reviewed on {reviewed}; the next review was due on {due}.",
                "Review it, change what is no longer so, and set reviewed_on:; or close it.",
            )
