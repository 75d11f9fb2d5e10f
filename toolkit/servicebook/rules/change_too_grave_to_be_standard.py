"""A change is called standard, and is none: it brings, removes or transfers a service, or its risk is high.

A standard change is well known and of little risk, and so is made without a decision of its own. New services,
services that end or go to another party, and high risks are for somebody to decide on every time.

## Wrong

```yaml records/changes/2026/CHG-20260202-w5kd.yaml
id: CHG-20260202-w5kd
schema_version: 1
title: More seats before the holidays
category: standard
type: service-removed
reason: The queue is longest in the holidays.
policy: DOC-change-policy
requester: {role: community-support}
timeline:
  - {at: 2026-02-02T09:30:00+01:00, event: requested}
```

## Right

```yaml records/changes/2026/CHG-20260202-w5kd.yaml
id: CHG-20260202-w5kd
schema_version: 1
title: More seats before the holidays
category: normal
type: service-removed
reason: The queue is longest in the holidays.
policy: DOC-change-policy
requester: {role: community-support}
timeline:
  - {at: 2026-02-02T09:30:00+01:00, event: requested}
```
"""

from collections.abc import Iterator
from typing import Final

from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record

CLAUSES = ("8.5.1", "8.5.2")
SEVERITY = {"starter": "warning", "full": "error"}

_GRAVE: Final = {
    "service-new": "brings a new service",
    "service-removed": "removes a service",
    "service-transferred": "transfers a service",
}


def applies(kind: Kind) -> bool:
    return kind.name == "change"


def check_record(record: Record) -> Iterator[Finding]:
    change = record.part
    if change.text("category") != "standard":
        return
    why = _GRAVE.get(change.text("type") or "")
    if why is None and change.part("assessment").text("risk") == "high":
        why = "has a high risk"
    if why is not None:
        yield change.finding("category", f"The change is called standard, and {why}.", "Its category is normal.")
