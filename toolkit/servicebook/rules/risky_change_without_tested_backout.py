"""A change of high risk was approved, and its way back was not tried.

The way back is needed when everything else has gone wrong, at night, in a hurry. For a change of which much was
feared, it is walked once before.

Emergency changes are left out: where there was no time to ask, there was none to rehearse.

## Wrong

```yaml records/changes/2026/CHG-20260202-w5kd.yaml
id: CHG-20260202-w5kd
schema_version: 1
title: Export stock from a copy
category: normal
type: component
reason: The checkout waits for the export.
requester: {role: order-system-engineer}
assessment: {risk: high, impact: No orders for ten minutes.}
plan:
  backout: Switch the reservation back to the whole table.
  backout_tested: false

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
assessment: {risk: high, impact: No orders for ten minutes.}
plan:
  backout: Switch the reservation back to the whole table.
  backout_tested: true

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
from servicebook.rules._changes import approved_at, begun_at
from servicebook.rules._timeline import tells

CLAUSES = ("8.5.1",)


def applies(kind: Kind) -> bool:
    return tells(kind, "change")


def check_record(record: Record) -> Iterator[Finding]:
    part = record.part
    if part.part("assessment").text("risk") != "high" or part.text("category") == "emergency":
        return
    plan = part.part("plan")
    if plan.truth("backout_tested") is not True and (approved_at(record) or begun_at(record)):
        yield (plan or part).finding(
            "backout_tested" if plan else "assessment",
            "The risk is high, and the way back was not tried before the change was approved.",
            "Try it, and say backout_tested: true in the plan.",
        )
