"""A decision names an action that the minutes do not have.

A decision is carried out by actions. One that points to an action that is not there was either never
given to anyone, or was given and lost.

## Wrong

```yaml records/reviews/REV-20260115-m4tz.yaml
id: REV-20260115-m4tz
schema_version: 1
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
schema_version: 1
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

from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record


def applies(kind: Kind) -> bool:
    return "decisions" in kind.schema["properties"] and "actions" in kind.schema["properties"]


def check_record(record: Record) -> Iterator[Finding]:
    known = [action["id"] for action in record.data.get("actions", ())]
    for number, decision in enumerate(record.data.get("decisions", ())):
        for place, action in enumerate(decision.get("actions", ())):
            if action not in known:
                hint = f"Actions here: {', '.join(known)}." if known else "Add the action under actions:."
                yield record.finding(
                    ("decisions", number, "actions", place),
                    f"Decision {decision['id']} names action {action}, which is not there.",
                    hint,
                )
