"""An objective was missed, and nothing followed from it.

A target that was missed asks for a decision: to do more, to do something else, or to want less. The decision stands in
an improvement, a change or a problem that names the objective or is linked with it, or in a review with decisions.

It is missed when its last result says so; what follows has 30 days after the day it was due. What was taken up before
the result was known, and before the objective was due, was the way there and is no follow-up; nor is what was rejected
or cancelled.

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
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._follow_up import is_work, stands, taken_up

CLAUSES = ("6.2.2", "10.2")
SEVERITY = {"starter": "warning", "full": "error"}

_TIME_TO_DECIDE = timedelta(days=30)


def applies(kind: Kind) -> bool:
    return is_work(kind)


def note(record: Record) -> str | None:
    """When work was taken up that may follow from a miss."""
    return taken_up(record)


def check_book(book: Book) -> Iterator[Finding]:
    for record in book.records("objective"):
        due, results = record.part.day("due"), record.part.parts("results")
        if due is None or due >= book.today - _TIME_TO_DECIDE or not results:
            continue
        last = max(results, key=lambda result: result.day("on") or date.min)
        if last.truth("met") is False and not _followed(book, record, min(due, last.day("on") or due)):
            yield last.finding(
                "met",
                f"The objective was due on {due} and missed, and nothing follows from it.",
                "Link the improvement, change, problem or review in which that was decided.",
            )


def _followed(book: Book, objective: Record, since: date) -> bool:
    kept = book.notes("objective-missed-without-follow-up")
    if any(stands(book, kept, other, since) for other in book.connected(objective)):
        return True
    reviews = (review.part for review in book.connected(objective, "review"))
    return any((day := review.day("held_on")) and day >= since and review.parts("decisions") for review in reviews)
