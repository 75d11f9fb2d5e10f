"""A release was deployed, and nobody had accepted it.

Acceptance is the moment in which those who will use or run what comes say that it does what was asked. A release that
skips it is tried on the customers.

A release of the type `emergency` may be accepted after the deployment; any other is accepted before, or on its day.

## Wrong

```yaml records/releases/REL-20260210-t6vb.yaml
id: REL-20260210-t6vb
schema_version: 1
title: Web shop, quiet week of February
type: normal
version: 2026.02b
services: [SVC-online-shop]
changes: [CHG-20260202-w5kd]
planned_for: 2026-02-10
deployed_at: 2026-02-10T06:20:00+01:00
```

## Right

```yaml records/releases/REL-20260210-t6vb.yaml
id: REL-20260210-t6vb
schema_version: 1
title: Web shop, quiet week of February
type: normal
version: 2026.02b
services: [SVC-online-shop]
changes: [CHG-20260202-w5kd]
planned_for: 2026-02-10
deployed_at: 2026-02-10T06:20:00+01:00
acceptance:
  criteria: Twenty test orders while the export runs, each below two seconds.
  accepted_by: {role: shop-operations-lead}
  on: 2026-02-10
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record

CLAUSES = ("8.5.3",)


def applies(kind: Kind) -> bool:
    return kind.name == "release"


def check_record(record: Record) -> Iterator[Finding]:
    part = record.part
    deployed, written = part.moment("deployed_at"), part.text("deployed_at")
    if deployed is None or written is None:
        return
    acceptance = part.part("acceptance")
    accepted = acceptance.day("on")
    if not acceptance:
        yield part.finding(
            "deployed_at",
            "The release is deployed, and nobody has accepted it.",
            "Add acceptance: with criteria, accepted_by and on.",
        )
    elif accepted is not None and accepted.isoformat() > written[:10] and part.text("type") != "emergency":
        yield acceptance.finding(
            "on",
            f"The release was accepted on {accepted}, after its deployment on {written[:10]}.",
            "Correct the date that is wrong; if there was no time to ask, its type is emergency.",
        )
