"""An objective was due, and no result says whether it was reached.

An objective without a result was a wish. The result may be that it was missed; then at least it is known, and the next
one can be set better.

The result has 30 days after the day it was due. One that was closed before that day needs none.

## Wrong

```yaml records/objectives/OBJ-shop-incidents-in-time.yaml
id: OBJ-shop-incidents-in-time
schema_version: 1
title: Shop incidents resolved in time
owner: {role: shop-operations-lead}
measure: Share of the shop's incidents resolved within the agreed time.
unit: percent
target: 90
direction: at-least
due: 2026-03-31
plan: A second engineer on call from January.
```

## Right

```yaml records/objectives/OBJ-shop-incidents-in-time.yaml
id: OBJ-shop-incidents-in-time
schema_version: 1
title: Shop incidents resolved in time
owner: {role: shop-operations-lead}
measure: Share of the shop's incidents resolved within the agreed time.
unit: percent
target: 90
direction: at-least
due: 2026-03-31
plan: A second engineer on call from January.
results:
  - {on: 2026-04-10, value: 91.2, met: true}
```
"""

from collections.abc import Iterator
from datetime import timedelta

from servicebook.book import Book
from servicebook.finding import Finding

CLAUSES = ("6.2.1", "6.2.2", "9.1")
SEVERITY = {"starter": "warning", "full": "error"}

_TIME_TO_MEASURE = timedelta(days=30)


def check_book(book: Book) -> Iterator[Finding]:
    for objective in (record.part for record in book.records("objective")):
        due, closed = objective.day("due"), objective.day("closed_on")
        if due is None or due >= book.today - _TIME_TO_MEASURE or (closed is not None and closed < due):
            continue
        if not objective.parts("results"):
            yield objective.finding(
                "due",
                f"The objective was due on {due}, and has no result.",
                "Add results: with what was measured and whether the target was met.",
            )
