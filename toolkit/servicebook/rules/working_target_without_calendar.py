"""A target is in working time, and no calendar says which hours those are.

Its clock cannot run: every record that it should judge is left out, and the figures say so where a promise should
stand. A target in elapsed time needs no calendar.

## Wrong

```yaml records/slas/SLA-online-shop.yaml
id: SLA-online-shop
schema_version: 2
title: Online shop
services: [SVC-online-shop]
customer: retail-director
versions:
  - version: 1
    valid_from: 2025-02-01
    matrix: MTX-standard
    targets:
      - {measure: response, priority: P1, limit: 15m, time: elapsed}
      - {measure: resolution, priority: P1, limit: 4h, time: working}
```

## Right

```yaml records/slas/SLA-online-shop.yaml
id: SLA-online-shop
schema_version: 2
title: Online shop
services: [SVC-online-shop]
customer: retail-director
versions:
  - version: 1
    valid_from: 2025-02-01
    calendar: CAL-office
    matrix: MTX-standard
    targets:
      - {measure: response, priority: P1, limit: 15m, time: elapsed}
      - {measure: resolution, priority: P1, limit: 4h, time: working}
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._agreements import versions

CLAUSES = ("8.3.3", "8.3.4")


def applies(kind: Kind) -> bool:
    return kind.name in ("sla", "supporting-agreement")


def check_record(record: Record) -> Iterator[Finding]:
    for version in versions(record):
        for name in ("targets", "availability"):
            for target in version.part.parts(name):
                if target.text("time") == "working" and "calendar" not in version.part and "calendar" not in target:
                    yield target.finding(
                        "time",
                        f"This is in working time, and version {version.number} names no calendar.",
                        "Name one in calendar, or agree on elapsed time.",
                    )
