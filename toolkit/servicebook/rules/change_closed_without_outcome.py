"""A change is closed, and how it went is not written down.

The share of changes that fail says more about how carefully they are made than any procedure. It can only be counted
when each change says how it ended.

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
  - {at: 2026-02-10T05:00:00+01:00, event: implementation-started}
  - {at: 2026-02-10T06:20:00+01:00, event: implemented}
  - {at: 2026-02-24T11:00:00+01:00, event: closed}
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
approvals:
  - decision: approved
    by: {role: it-manager}
    at: 2026-02-05T14:00:00+01:00

outcome:
  result: success
  summary: Seven minutes without orders.
timeline:
  - {at: 2026-02-02T09:30:00+01:00, event: requested}
  - {at: 2026-02-05T14:00:00+01:00, event: approved}
  - {at: 2026-02-10T05:00:00+01:00, event: implementation-started}
  - {at: 2026-02-10T06:20:00+01:00, event: implemented}
  - {at: 2026-02-24T11:00:00+01:00, event: closed}
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._states import last
from servicebook.rules._timeline import tells

CLAUSES = ("8.5.1",)


def applies(kind: Kind) -> bool:
    return tells(kind, "change")


def check_record(record: Record) -> Iterator[Finding]:
    if last(record) == "closed" and "outcome" not in record.part:
        yield record.part.finding(
            "timeline",
            "The change is closed, and has no outcome.",
            "Add outcome: with result and summary.",
        )
