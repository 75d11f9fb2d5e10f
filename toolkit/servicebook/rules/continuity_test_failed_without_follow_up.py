"""A continuity test missed its targets, and nothing followed from it.

A recovery that took too long, or lost too much, will do so again unless something is changed. Within 30 days the test
has actions of its own, or an improvement, a problem or a change is linked with it.

## Wrong

```yaml records/continuity-tests/COT-20260512-r8mz.yaml
id: COT-20260512-r8mz
schema_version: 1
title: Online shop started at the second site
type: test
plan: COP-online-shop
held_on: 2026-05-12
led_by: {role: infrastructure-engineer}
scenario: The server room loses power in the morning.
recovery_time_achieved: 9h30m
met: false
```

## Right

```yaml records/continuity-tests/COT-20260512-r8mz.yaml
id: COT-20260512-r8mz
schema_version: 1
title: Online shop started at the second site
type: test
plan: COP-online-shop
held_on: 2026-05-12
led_by: {role: infrastructure-engineer}
scenario: The server room loses power in the morning.
recovery_time_achieved: 9h30m
met: false
actions:
  - id: A1
    what: Have the second site's address allowed by the payment provider.
    owner: shop-engineer
    due: 2026-06-15
```
"""

from collections.abc import Iterator
from datetime import timedelta

from servicebook.book import Book
from servicebook.finding import Finding

CLAUSES = ("8.7.2", "10.2")

_TIME_TO_DECIDE = timedelta(days=30)


def check_book(book: Book) -> Iterator[Finding]:
    for test in book.records("continuity-test"):
        held = test.part.day("held_on")
        if test.part.truth("met") is not False or held is None or held + _TIME_TO_DECIDE >= book.today:
            continue
        if not test.part.parts("actions") and not book.connected(test, "improvement", "problem", "change"):
            yield test.part.finding(
                "met",
                f"The test of {held} missed its targets, and nothing follows from it.",
                "Add actions:, or link the improvement, problem or change that came of it.",
            )
