"""A normal change was approved only after its implementation had begun.

Approval weighs a change while it can still be refused. Afterwards it is a signature: whoever gives it can only
agree with what already stands there.

Only normal changes are looked at: a standard change was approved once for every time, and an emergency may be
approved afterwards (`emergency-change-without-retrospective-approval` looks at that).

What counts is the last decision before the implementation began. An approval that was followed by a refusal is none,
and one that came after the work does not make up for it.

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
    at: 2026-02-11T09:00:00+01:00
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
from servicebook.rules._changes import approvals, begun_at, decision_at
from servicebook.rules._timeline import tells

CLAUSES = ("8.5.1",)


def applies(kind: Kind) -> bool:
    return tells(kind, "change")


def check_record(record: Record) -> Iterator[Finding]:
    begun = begun_at(record)
    if begun is None or record.part.text("category") != "normal":
        return
    held = decision_at(record, begun)
    late = [(at, decision) for at, decision in approvals(record) if at > begun]
    if late and (held is None or held.text("decision") != "approved"):
        yield late[0][1].finding(
            "at",
            f"The change was approved at {late[0][0]:%Y-%m-%d %H:%M}, and its implementation had begun at "
            f"{begun:%Y-%m-%d %H:%M} UTC.",
            "Correct the time that is wrong; if there was no time to ask, its category is emergency.",
        )
