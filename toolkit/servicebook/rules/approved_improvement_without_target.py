"""An improvement is approved, and has no target.

What is approved is worth something that can be told afterwards: less time, fewer faults, lower cost. Without a target,
its measure and a day, nobody can say later whether the improvement was one.

## Wrong

```yaml records/improvements/2026/IMP-20260413-k7ub.yaml
id: IMP-20260413-k7ub
schema_version: 1
title: Shop faults of the night are resolved by morning
source: {type: sla-miss}
owner: {role: shop-operations-lead}
evaluation:
  criteria: [Serves an objective]
  decision: approved
  by: {role: it-manager}
  on: 2026-04-16
  reason: The nights cost us most of what is missing to 90 percent.
timeline:
  - {at: 2026-04-13T11:00:00+02:00, event: proposed}
  - {at: 2026-04-16T15:00:00+02:00, event: approved}
```

## Right

```yaml records/improvements/2026/IMP-20260413-k7ub.yaml
id: IMP-20260413-k7ub
schema_version: 1
title: Shop faults of the night are resolved by morning
source: {type: sla-miss}
owner: {role: shop-operations-lead}
evaluation:
  criteria: [Serves an objective]
  decision: approved
  by: {role: it-manager}
  on: 2026-04-16
  reason: The nights cost us most of what is missing to 90 percent.
targets:
  - area: quality
    measure: Share of the incidents of the night that were resolved in time
    baseline: 61
    goal: 85
    unit: percent
    due: 2026-09-30
timeline:
  - {at: 2026-04-13T11:00:00+02:00, event: proposed}
  - {at: 2026-04-16T15:00:00+02:00, event: approved}
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._states import last

CLAUSES = ("10.2",)
SEVERITY = {"starter": "warning", "standard": "error"}


def applies(kind: Kind) -> bool:
    return kind.name == "improvement" and kind.lifecycle is not None


def check_record(record: Record) -> Iterator[Finding]:
    state = last(record)
    if state in ("approved", "in-progress", "done", "closed") and not record.part.parts("targets"):
        yield record.part.finding(
            "evaluation",
            f"The improvement is {state}, and has no target.",
            "Add targets: with area, measure, goal, unit and due.",
        )
