"""An improvement was carried out, and nobody measured what it brought.

"Done" says that work was done. Whether anything got better is known when it is measured against the target, and the
figure stands in the record with the day.

An improvement that is closed has a result. One that is done or still under way has one a month after the first of its
targets was due.

## Wrong

```yaml records/improvements/2026/IMP-20260216-j4ne.yaml
id: IMP-20260216-j4ne
schema_version: 1
title: Customer care sees where a parcel is
source: {type: feedback}
owner: {role: shop-operations-lead}
evaluation:
  criteria: [Answers a complaint]
  decision: approved
  by: {role: it-manager}
  on: 2026-02-18
  reason: Every tenth call asks for a parcel.
targets:
  - {area: productivity, measure: Calls about parcels in a week, baseline: 60, goal: 20, unit: calls, due: 2026-04-30}
timeline:
  - {at: 2026-02-16T11:00:00+01:00, event: proposed}
  - {at: 2026-02-18T15:00:00+01:00, event: approved}
  - {at: 2026-03-20T10:00:00+01:00, event: done}
```

## Right

```yaml records/improvements/2026/IMP-20260216-j4ne.yaml
id: IMP-20260216-j4ne
schema_version: 1
title: Customer care sees where a parcel is
source: {type: feedback}
owner: {role: shop-operations-lead}
evaluation:
  criteria: [Answers a complaint]
  decision: approved
  by: {role: it-manager}
  on: 2026-02-18
  reason: Every tenth call asks for a parcel.
targets:
  - {area: productivity, measure: Calls about parcels in a week, baseline: 60, goal: 20, unit: calls, due: 2026-04-30}
results:
  - {on: 2026-05-04, measure: Calls about parcels in a week, value: 17, met: true}
timeline:
  - {at: 2026-02-16T11:00:00+01:00, event: proposed}
  - {at: 2026-02-18T15:00:00+01:00, event: approved}
  - {at: 2026-03-20T10:00:00+01:00, event: done}
  - {at: 2026-05-04T10:00:00+02:00, event: measured}
```
"""

from collections.abc import Iterator
from datetime import timedelta

from servicebook.book import Book
from servicebook.finding import Finding
from servicebook.rules._states import day_of, entered, standing

CLAUSES = ("10.2",)
SEVERITY = {"starter": "warning", "full": "error"}

_TIME_TO_MEASURE = timedelta(days=30)


def check_book(book: Book) -> Iterator[Finding]:
    for improvement in book.records("improvement"):
        now = standing(entered(improvement), book.as_of)
        if now is None or improvement.part.parts("results"):
            continue
        dues = [due for target in improvement.part.parts("targets") if (due := target.day("due")) is not None]
        first = min(dues, default=None)
        if now[0] == "closed":
            found = f"The improvement was closed on {day_of(book, now[1])}, and has no result."
        elif now[0] in ("approved", "in-progress", "done") and first and first + _TIME_TO_MEASURE < book.today:
            found = f"A target of the improvement was due on {first}, and there is no result."
        else:
            continue
        yield improvement.part.finding(
            "targets", found, "Measure it and add results:, with on, measure, value and met; then log measured."
        )
