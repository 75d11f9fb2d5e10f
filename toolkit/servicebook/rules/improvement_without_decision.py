"""An improvement was proposed three months ago, and nobody has decided on it.

Whoever proposes something wants to hear yes, no or not yet; each of the three is a decision, with a reason. A list of
proposals that only grows teaches people to keep the next one to themselves.

## Wrong

```yaml records/improvements/2026/IMP-20260127-f9sx.yaml
id: IMP-20260127-f9sx
schema_version: 1
title: A second payment provider
source: {type: staff}
owner: {role: shop-engineer}
timeline:
  - {at: 2026-01-27T11:00:00+01:00, event: proposed}
```

## Right

```yaml records/improvements/2026/IMP-20260127-f9sx.yaml
id: IMP-20260127-f9sx
schema_version: 1
title: A second payment provider
source: {type: staff}
owner: {role: shop-engineer}
evaluation:
  criteria: [Serves an objective, Pays for itself within a year]
  decision: deferred
  by: {role: it-manager}
  on: 2026-02-12
  reason: Looked at again once the contract with the first provider ends.
timeline:
  - {at: 2026-01-27T11:00:00+01:00, event: proposed}
  - {at: 2026-02-12T15:00:00+01:00, event: deferred}
```
"""

from collections.abc import Iterator
from datetime import timedelta

from servicebook.book import Book
from servicebook.finding import Finding
from servicebook.rules._states import day_of, entered, standing

CLAUSES = ("10.2",)
SEVERITY = {"starter": "warning", "full": "error"}

_TIME_TO_DECIDE = timedelta(days=90)


def check_book(book: Book) -> Iterator[Finding]:
    for improvement in book.records("improvement"):
        now = standing(entered(improvement), book.as_of)
        if now is not None and now[0] == "proposed" and now[1] + _TIME_TO_DECIDE < book.as_of:
            yield improvement.part.finding(
                "title",
                f"The improvement has been waiting for a decision since {day_of(book, now[1])}.",
                "Decide: add evaluation: and log approved, deferred or rejected.",
            )
