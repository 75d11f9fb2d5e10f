"""A change was reviewed by the one who implemented it.

The review asks whether the change brought what it should and whom it harmed. Whoever built it knows what it was meant
to do, and sees that; others see what it does.

Where both name a person, the persons are compared; where one does not, the roles, because nobody can tell from the
record that they were two.

## Wrong

```yaml records/changes/2026/CHG-20260202-w5kd.yaml
id: CHG-20260202-w5kd
schema_version: 1
title: Export stock from a copy
category: normal
type: component
reason: The checkout waits for the export.
requester: {role: order-system-engineer}
implementer: {role: order-system-engineer, person: P-3f8q}
review:
  by: {role: order-system-engineer, person: P-3f8q}
  on: 2026-02-24
  effective: true
  statement: No order has waited since.
timeline:
  - {at: 2026-02-02T09:30:00+01:00, event: requested}
```

## Right

```yaml records/changes/2026/CHG-20260202-w5kd.yaml
id: CHG-20260202-w5kd
schema_version: 1
title: Export stock from a copy
category: normal
type: component
reason: The checkout waits for the export.
requester: {role: order-system-engineer}
implementer: {role: order-system-engineer, person: P-3f8q}
review:
  by: {role: shop-operations-lead, person: P-9w4d}
  on: 2026-02-24
  effective: true
  statement: No order has waited since.
timeline:
  - {at: 2026-02-02T09:30:00+01:00, event: requested}
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._people import same

CLAUSES = ("8.5.1",)


def applies(kind: Kind) -> bool:
    return kind.name == "change"


def check_record(record: Record) -> Iterator[Finding]:
    review = record.part.part("review")
    if same(review.part("by"), record.part.part("implementer")):
        yield review.finding(
            "by",
            "The change was reviewed by the one who implemented it.",
            "Have somebody else review it; if they were two of one role, name both persons.",
        )
