"""Those who had to know of a change were told when it had begun.

A plan is told to those who have to work round it, while they can. A message that arrives with the change explains a
failure; it does not prevent one.

Emergency changes are left out.

## Wrong

```yaml records/changes/2026/CHG-20260202-w5kd.yaml
id: CHG-20260202-w5kd
schema_version: 1
title: Export stock from a copy
category: normal
type: component
reason: The checkout waits for the export.
requester: {role: order-system-engineer}
plan:
  window: {from: 2026-02-10T05:00:00+01:00, to: 2026-02-10T07:00:00+01:00}
  communicated_to: [customer-care]
  communicated_at: 2026-02-10T05:30:00+01:00
  backout: Switch the reservation back to the whole table.
timeline:
  - {at: 2026-02-02T09:30:00+01:00, event: requested}
  - {at: 2026-02-10T05:02:00+01:00, event: implementation-started}
  - {at: 2026-02-10T06:20:00+01:00, event: implemented}
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
plan:
  window: {from: 2026-02-10T05:00:00+01:00, to: 2026-02-10T07:00:00+01:00}
  communicated_to: [customer-care]
  communicated_at: 2026-02-06T10:00:00+01:00
  backout: Switch the reservation back to the whole table.
timeline:
  - {at: 2026-02-02T09:30:00+01:00, event: requested}
  - {at: 2026-02-10T05:02:00+01:00, event: implementation-started}
  - {at: 2026-02-10T06:20:00+01:00, event: implemented}
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._changes import begun_at
from servicebook.rules._timeline import tells

CLAUSES = ("8.5.1",)
SEVERITY = "warning"


def applies(kind: Kind) -> bool:
    return tells(kind, "change")


def check_record(record: Record) -> Iterator[Finding]:
    plan = record.part.part("plan")
    told, begun = plan.moment("communicated_at"), begun_at(record)
    if told is not None and begun is not None and told > begun and record.part.text("category") != "emergency":
        yield plan.finding(
            "communicated_at",
            f"The change was communicated at {told:%Y-%m-%d %H:%M} UTC, and had begun at {begun:%Y-%m-%d %H:%M}.",
            "Correct the time that is wrong; if both are right, silence this with the reason.",
        )
