"""A normal change was implemented without an approval.

Whoever runs a service must be able to say who agreed to what was done to it. The event `approved` of the timeline
says when the change went on; only `approvals:` says who decided, and at what time.

A decision that was taken later replaces an earlier one: a change that was approved, and then rejected before the
implementation began, is not approved. Where an approval came after the work, `change-approved-after-implementation`
says so. Standard changes and emergencies have rules of their own.

## Wrong

```yaml records/changes/2026/CHG-20260202-w5kd.yaml
id: CHG-20260202-w5kd
schema_version: 1
title: Export stock from a copy
category: normal
type: component
reason: The checkout waits for the export.
requester: {role: order-system-engineer}
timeline:
  - {at: 2026-02-02T09:30:00+01:00, event: requested}
  - {at: 2026-02-10T05:00:00+01:00, event: implementation-started}
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
approvals:
  - decision: approved
    by: {role: it-manager}
    at: 2026-02-05T14:00:00+01:00
timeline:
  - {at: 2026-02-02T09:30:00+01:00, event: requested}
  - {at: 2026-02-05T14:00:00+01:00, event: approved}
  - {at: 2026-02-10T05:00:00+01:00, event: implementation-started}
  - {at: 2026-02-10T06:20:00+01:00, event: implemented}
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._changes import approvals, begun_at, decision_at, decisions
from servicebook.rules._timeline import tells

CLAUSES = ("8.5.1",)


def applies(kind: Kind) -> bool:
    return tells(kind, "change")


def check_record(record: Record) -> Iterator[Finding]:
    begun = begun_at(record)
    if begun is None or record.part.text("category") != "normal":
        return
    held = decision_at(record, begun)
    if not decisions(record):
        yield record.part.finding(
            "approvals",
            f"The implementation began at {begun:%Y-%m-%d %H:%M} UTC, and nobody had approved the change.",
            "Add approvals: with decision, by and at.",
        )
    elif all(at <= begun for at, _ in approvals(record)) and (held is None or held.text("decision") != "approved"):
        yield (held or decisions(record)[-1][1]).finding(
            "decision",
            f"The implementation began at {begun:%Y-%m-%d %H:%M} UTC, and the last decision is a refusal.",
            "Add the approval that followed, or the change that takes this one back.",
        )
