"""A continuity plan was not tested within the time that it sets itself.

A plan that nobody has tried describes what was true when it was written. The plan says how often it is tested; a day
on which it was invoked in earnest counts as well, for it shows the same.

Time runs from the last test or invocation, and for a plan without one from the day it was approved. Plans whose
services are all retired are left alone. That a plan is tried again after a major change is for people to see.

## Wrong

```yaml records/continuity-plans/COP-online-shop.yaml
id: COP-online-shop
schema_version: 1
title: Online shop after the loss of the server room
services: [SVC-online-shop]
owner: {role: infrastructure-engineer}
criteria: The server room is lost for more than four hours.
invoked_by: [it-manager]
recovery_time: 8h
procedures: Start the standby machines at the second site.
return: Copy the orders back in a night without deliveries.
contacts_offline: On paper in the safe of the shop.
approved: {by: {role: managing-director}, on: 2025-02-10}
reviewed_on: 2026-02-10
test_every: year
```

## Right

```yaml records/continuity-plans/COP-online-shop.yaml
id: COP-online-shop
schema_version: 1
title: Online shop after the loss of the server room
services: [SVC-online-shop]
owner: {role: infrastructure-engineer}
criteria: The server room is lost for more than four hours.
invoked_by: [it-manager]
recovery_time: 8h
procedures: Start the standby machines at the second site.
return: Copy the orders back in a night without deliveries.
contacts_offline: On paper in the safe of the shop.
approved: {by: {role: managing-director}, on: 2025-02-10}
reviewed_on: 2026-02-10
test_every: year
```

```yaml records/continuity-tests/COT-20260203-r8mz.yaml
id: COT-20260203-r8mz
schema_version: 1
title: Online shop started at the second site
type: test
plan: COP-online-shop
held_on: 2026-02-03
led_by: {role: infrastructure-engineer}
scenario: The server room loses power in the morning.
met: true
```
"""

from collections.abc import Iterator
from datetime import date

from servicebook.book import Book
from servicebook.cadence import after
from servicebook.finding import Finding
from servicebook.record import Record
from servicebook.rules._services import in_use

CLAUSES = ("8.7.2",)
SEVERITY = {"starter": "warning", "full": "error"}


def check_book(book: Book) -> Iterator[Finding]:
    for plan in book.records("continuity-plan"):
        every = plan.part.text("test_every")
        tests = _tests(book, plan)
        last = max(tests, default=plan.part.part("approved").day("on"))
        if last is None or not in_use(book, plan.part):
            continue
        due = after(last, every)
        if due < book.today:
            since = f"was last tested on {last}" if tests else f"was approved on {last} and never tested"
            yield plan.part.finding(
                "test_every",
                f"The plan {since}; the next test was due on {due}.",
                "Hold the test and record it: servicebook new continuity-test.",
            )


def _tests(book: Book, plan: Record) -> list[date]:
    """When the plan was tried, up to today."""
    tests = [test.part for test in book.connected(plan, "continuity-test") if test.valid]
    days = [test.day("held_on") for test in tests if test.text("plan") == plan.id]
    return [day for day in days if day is not None and day <= book.today]
