"""Nobody has looked whether a corrective action worked.

A corrective action is done when what it was meant to prevent does not come back, and somebody has looked. The
nonconformity says by when; that day has passed. Once it is closed, nonconformity-closed-without-effectiveness looks
at it instead.

## Wrong

```yaml records/nonconformities/NC-20260327-b4tz.yaml
id: NC-20260327-b4tz
schema_version: 1
title: Changes with a way back that nobody had tried
source: staff
clause: "8.5.1"
owner:
  role: shop-operations-lead
effectiveness:
  criterion: Ten changes of high risk with a tried way back.
  due: 2026-05-31
timeline:
  - at: 2026-03-27T10:00:00+01:00
    event: raised
  - at: 2026-04-15T09:30:00+02:00
    event: action-taken
```

## Right

```yaml records/nonconformities/NC-20260327-b4tz.yaml
id: NC-20260327-b4tz
schema_version: 1
title: Changes with a way back that nobody had tried
source: staff
clause: "8.5.1"
owner:
  role: shop-operations-lead
effectiveness:
  criterion: Ten changes of high risk with a tried way back.
  due: 2026-05-31
  checked_by:
    role: finance-controller
  checked_on: 2026-06-08
  effective: true
  statement: Eleven of eleven since April.
timeline:
  - at: 2026-03-27T10:00:00+01:00
    event: raised
  - at: 2026-04-15T09:30:00+02:00
    event: action-taken
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding
from servicebook.rules._states import last

CLAUSES = ("10.1",)
SEVERITY = {"starter": "warning", "full": "error"}


def check_book(book: Book) -> Iterator[Finding]:
    for record in book.records("nonconformity"):
        review = record.part.part("effectiveness")
        due = review.day("due")
        if due is not None and due < book.today and "checked_on" not in review and last(record) != "closed":
            yield review.finding(
                "due",
                f"Whether the corrective action of {record.id} worked was to be checked by {due}.",
                "Let somebody other than the owner check it, and add checked_by, checked_on, effective and statement.",
            )
