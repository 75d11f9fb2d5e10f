"""A continuity test found something that does not work, and no action puts it right.

Tests are held to find such things while nothing is lost. What was found and left is found again on the day the plan is
needed; an auditor reads the deficiencies of the last test first, and asks for the action behind each.

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
met: true
deficiencies:
  - id: F1
    text: The payment provider takes orders only from the first site's address.
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
met: true
deficiencies:
  - id: F1
    text: The payment provider takes orders only from the first site's address.
    action: A1
actions:
  - id: A1
    what: Have the second site's address allowed by the payment provider.
    owner: shop-engineer
    due: 2026-06-15
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding, quote
from servicebook.kinds import Kind
from servicebook.record import Record

CLAUSES = ("8.7.2",)


def applies(kind: Kind) -> bool:
    return kind.name == "continuity-test"


def check_record(record: Record) -> Iterator[Finding]:
    known = [action.text("id") for action in record.part.parts("actions")]
    for deficiency in record.part.parts("deficiencies"):
        action = deficiency.text("action")
        if action not in known or action is None:
            name = quote(deficiency.text("id") or "without a number")
            says = "names no action" if action is None else f"names the action {quote(action)}, which is missing"
            yield deficiency.finding(
                "action", f"The deficiency {name} {says}.", "Add the action under actions:, and name it in action:."
            )
