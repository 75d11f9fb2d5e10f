"""A normal change was approved before its risk and impact were written down.

An approval says that somebody knew what could happen and took it. Without risk and impact there is nothing that they
can have known, and nothing to compare with what came.

Standard changes were assessed once for every time, emergencies are assessed by what happened; both are left out.

## Wrong

```yaml records/changes/2026/CHG-20260202-w5kd.yaml
id: CHG-20260202-w5kd
schema_version: 1
title: Export stock from a copy
category: normal
type: component
reason: The checkout waits for the export.
requester: {role: order-system-engineer}
approvals:
  - decision: approved
    by: {role: it-manager}
    at: 2026-02-05T14:00:00+01:00
timeline:
  - {at: 2026-02-02T09:30:00+01:00, event: requested}
  - {at: 2026-02-05T14:00:00+01:00, event: approved}
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
assessment: {risk: medium, impact: No orders for ten minutes.}

approvals:
  - decision: approved
    by: {role: it-manager}
    at: 2026-02-05T14:00:00+01:00
timeline:
  - {at: 2026-02-02T09:30:00+01:00, event: requested}
  - {at: 2026-02-05T14:00:00+01:00, event: approved}
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._changes import approvals

CLAUSES = ("8.5.1",)
SEVERITY = {"starter": "warning", "full": "error"}


def applies(kind: Kind) -> bool:
    return kind.name == "change"


def check_record(record: Record) -> Iterator[Finding]:
    if record.part.text("category") != "normal" or "assessment" in record.part:
        return
    given = [decision for _, decision in approvals(record)]
    if given:
        yield given[0].finding(
            "decision",
            "The change was approved, and its risk and impact are not written down.",
            "Add assessment: with risk and impact, as they were known at that time.",
        )
