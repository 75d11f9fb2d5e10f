"""A change was made at another time than was planned and told.

The window is what was approved, what the others kept clear of, and what customers were told. A change that begins
before it or ends after it meets people who did not expect it.

Emergency changes are left out. A change that was taken back counts as made for as long as that took.

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
  communicated_at: 2026-02-06T10:00:00+01:00
  backout: Switch the reservation back to the whole table.
timeline:
  - {at: 2026-02-02T09:30:00+01:00, event: requested}
  - {at: 2026-02-10T04:40:00+01:00, event: implementation-started}
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
from servicebook.rules._changes import begun_at, ended_at
from servicebook.rules._timeline import tells

CLAUSES = ("8.5.1",)
SEVERITY = "warning"


def applies(kind: Kind) -> bool:
    return tells(kind, "change")


def check_record(record: Record) -> Iterator[Finding]:
    window = record.part.part("plan").part("window")
    if not window or record.part.text("category") == "emergency":
        return
    begun, ended, opens, closes = begun_at(record), ended_at(record), window.moment("from"), window.moment("to")
    if begun is not None and opens is not None and begun < opens:
        yield window.finding(
            "from",
            f"The change began at {begun:%Y-%m-%d %H:%M} UTC, before its window opened at {opens:%Y-%m-%d %H:%M}.",
            "Correct the time that is wrong; if both are right, silence this with the reason.",
        )
    if ended is not None and closes is not None and ended > closes:
        yield window.finding(
            "to",
            f"The change was done at {ended:%Y-%m-%d %H:%M} UTC, after its window closed at {closes:%Y-%m-%d %H:%M}.",
            "Correct the time that is wrong; if both are right, silence this with the reason.",
        )
