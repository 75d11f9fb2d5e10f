"""A decision was taken, but nobody was given anything to do.

A review decides to improve, to change or to find the means; next time everybody remembers the decision and nobody
did it. A decision of one of these types names the action that carries it out. Where nothing is to be done, the
type `none-needed` says so.

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

from servicebook.finding import Finding, quote
from servicebook.kinds import Kind
from servicebook.record import Record

CLAUSES = ("9.3", "9.4")

_TO_BE_DONE = ("improvement", "service-change", "sms-change", "resource")


def applies(kind: Kind) -> bool:
    return kind.lists_objects("decisions")


def check_record(record: Record) -> Iterator[Finding]:
    for decision in record.part.parts("decisions"):
        if decision.text("type") in _TO_BE_DONE and not decision.texts("actions"):
            yield decision.finding(
                "",
                f"The decision {quote(decision.text('id') or decision.text('text') or '')} has no action.",
                "Add the action under actions:, and its number here; or type: none-needed.",
            )
