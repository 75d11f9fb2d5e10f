"""An action has no due date.

Without a date nobody can say that an action is late, and the next review has nothing to ask for.

## Wrong

```yaml records/reviews/REV-20260115-m4tz.yaml
id: REV-20260115-m4tz
schema_version: 2
title: Service review, fourth quarter
type: service-review
held_on: 2026-01-15
chair: it-manager
attendees:
  - role: it-manager
actions:
  - id: A1
    what: Run a load test before the spring campaign.
    owner: shop-operations-lead
```

## Right

```yaml records/reviews/REV-20260115-m4tz.yaml
id: REV-20260115-m4tz
schema_version: 2
title: Service review, fourth quarter
type: service-review
held_on: 2026-01-15
chair: it-manager
attendees:
  - role: it-manager
actions:
  - id: A1
    what: Run a load test before the spring campaign.
    owner: shop-operations-lead
    due: 2026-03-01
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding, inert_line
from servicebook.kinds import Kind
from servicebook.record import Record


def applies(kind: Kind) -> bool:
    return kind.lists_objects("actions")


def check_record(record: Record) -> Iterator[Finding]:
    for number, action in enumerate(record.data.get("actions", ())):
        if "due" not in action:
            yield record.finding(
                ("actions", number),
                f"Action {inert_line(str(action.get('id', number + 1)))[:60]} has no due date.",
                "Add due: with the day by which it is done.",
            )
