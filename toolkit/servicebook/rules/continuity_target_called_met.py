"""A continuity test is called a success, but took longer or lost more than its plan allows.

What was measured and what was concluded stand side by side in one record. Where they differ, a reader believes the
conclusion, and the plan keeps a promise that it has just been seen to break.

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
approved: {by: {role: managing-director}, on: 2026-02-10}
reviewed_on: 2026-02-10
test_every: year
```

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
met: true
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
approved: {by: {role: managing-director}, on: 2026-02-10}
reviewed_on: 2026-02-10
test_every: year
```

```yaml records/continuity-tests/COT-20260512-r8mz.yaml
id: COT-20260512-r8mz
schema_version: 1
title: Online shop started at the second site
type: test
plan: COP-online-shop
held_on: 2026-05-12
led_by: {role: infrastructure-engineer}
scenario: The server room loses power in the morning.
recovery_time_achieved: 6h15m
met: true
```
"""

from collections.abc import Iterator
from contextlib import suppress

from servicebook.book import Book
from servicebook.clock.duration import seconds_of_duration
from servicebook.finding import Finding
from servicebook.part import Part

CLAUSES = ("8.7.2",)


def check_book(book: Book) -> Iterator[Finding]:
    for test in book.records("continuity-test"):
        plan = book.by_id.get(test.part.text("plan") or "")
        if plan is None or not plan.valid or test.part.truth("met") is not True:
            continue
        for target in ("recovery_time", "recovery_point"):
            allowed, achieved = _seconds(plan.part, target), _seconds(test.part, f"{target}_achieved")
            if allowed is not None and achieved is not None and achieved > allowed:
                yield test.part.finding(
                    f"{target}_achieved",
                    f"The {target.replace('_', ' ')} achieved is {test.part.text(f'{target}_achieved')}; "
                    f"the plan allows {plan.part.text(target)}, and the test is called a success.",
                    "Correct the time, or write met: false and what follows from it.",
                )


def _seconds(part: Part, name: str) -> int | None:
    with suppress(ValueError):
        return seconds_of_duration(part.text(name) or "")
    return None
