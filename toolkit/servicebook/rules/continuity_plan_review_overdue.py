"""A continuity plan was not reviewed for a year, or not since it was last tried.

Names, machines and contracts change faster than plans do. A plan is looked at again at least once a year, and after
each test or invocation within two months, so that what went wrong is put right in it.

Plans whose services are all retired are left alone.

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
reviewed_on: 2025-02-10
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
"""

from collections.abc import Iterator
from datetime import date, timedelta

from servicebook.book import Book
from servicebook.cadence import after
from servicebook.finding import Finding, quote
from servicebook.record import Record
from servicebook.rules._services import in_use

CLAUSES = ("8.7.2",)
SEVERITY = {"starter": "warning", "full": "error"}

_TIME_AFTER_A_TEST = timedelta(days=60)


def check_book(book: Book) -> Iterator[Finding]:
    for plan in book.records("continuity-plan"):
        reviewed = plan.part.day("reviewed_on")
        if reviewed is None or not in_use(book, plan.part):
            continue
        test = _test_since(book, plan, reviewed)
        if after(reviewed, "year") < book.today:
            found = f"The plan was last reviewed on {reviewed}, more than a year ago."
        elif test is not None:
            found = f"The plan was last reviewed on {reviewed}, before {quote(test.id)} tried it."
        else:
            continue
        yield plan.part.finding(
            "reviewed_on", found, "Review the plan, change what is out of date, and set reviewed_on:."
        )


def _test_since(book: Book, plan: Record, reviewed: date) -> Record | None:
    """A test or invocation later than the review, with the time to draw conclusions over."""
    for test in book.connected(plan, "continuity-test"):
        held = test.part.day("held_on") if test.valid else None
        if held is not None and reviewed < held and held + _TIME_AFTER_A_TEST < book.today:
            return test
    return None
