"""An objective was missed, and nothing followed from it.

A target that was missed asks for a decision: to do more, to do something else, or to want less. The decision stands in
an improvement, a change, a problem or a review that names the objective or is linked with it.

It is missed when its last result says so; what follows has 30 days after the day it was due.

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
results:
  - {on: 2026-04-10, value: 86.4, met: false}
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
  - {on: 2026-04-10, value: 86.4, met: false}
```

```yaml records/improvements/2026/IMP-20260413-k7ub.yaml
id: IMP-20260413-k7ub
schema_version: 1
title: Shop faults of the night are resolved by morning
source: {type: report}
owner: {role: shop-operations-lead}
objective: OBJ-shop-incidents-in-time
timeline:
  - {at: 2026-04-13T11:00:00+02:00, event: proposed}
```
"""

from collections.abc import Iterator
from datetime import date, timedelta

from servicebook.book import Book
from servicebook.finding import Finding

CLAUSES = ("6.2.2", "10.2")
SEVERITY = {"starter": "warning", "full": "error"}

_FOLLOWS = ("improvement", "change", "problem", "review")
_TIME_TO_DECIDE = timedelta(days=30)


def check_book(book: Book) -> Iterator[Finding]:
    for record in book.records("objective"):
        due, results = record.part.day("due"), record.part.parts("results")
        if due is None or due >= book.today - _TIME_TO_DECIDE or not results:
            continue
        last = max(results, key=lambda result: result.day("on") or date.min)
        if last.truth("met") is False and not book.connected(record, *_FOLLOWS):
            yield last.finding(
                "met",
                f"The objective was due on {due} and missed, and nothing follows from it.",
                "Link the improvement, change, problem or review in which that was decided.",
            )
