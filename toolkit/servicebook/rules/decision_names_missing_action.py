"""A decision names an action that the minutes do not have.

A decision is carried out by actions. One that points to an action that is not there was either never
given to anyone, or was given and lost.

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
decisions:
  - id: D1
    text: Load test before every campaign.
    type: improvement
    actions: [A2]
actions:
  - id: A1
    what: Run a load test before the spring campaign.
    owner: shop-operations-lead
    due: 2026-03-01
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
decisions:
  - id: D1
    text: Load test before every campaign.
    type: improvement
    actions: [A1]
actions:
  - id: A1
    what: Run a load test before the spring campaign.
    owner: shop-operations-lead
    due: 2026-03-01
```
"""

from collections.abc import Iterator
from typing import Any

from servicebook.finding import Finding, inert_line
from servicebook.kinds import ITEMS, Kind
from servicebook.record import Record


def applies(kind: Kind) -> bool:
    named = kind.property(("decisions", ITEMS, "actions"))
    return kind.lists_objects("decisions") and kind.lists_objects("actions") and named.get("type") == "array"


def check_record(record: Record) -> Iterator[Finding]:
    known = [action["id"] for action in record.data.get("actions", ()) if "id" in action]
    for number, decision in enumerate(record.data.get("decisions", ())):
        for place, action in enumerate(decision.get("actions", ())):
            if action not in known:
                shown = inert_line(", ".join(map(str, known)))
                hint = f"Actions here: {shown}." if known else "Add the action under actions:."
                yield record.finding(
                    ("decisions", number, "actions", place),
                    f"Decision {_name(decision.get('id', number + 1))} names action {_name(action)}, which is missing.",
                    hint,
                )


def _name(value: Any) -> str:
    return inert_line(str(value))[:60]
