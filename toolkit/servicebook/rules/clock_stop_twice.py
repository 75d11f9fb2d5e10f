"""A version of an agreement says twice for what the clock stops, with the same code.

The clock reads the last of the two, evidence and maximum with it; whoever reads the agreement may hold on to the first.


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
    calendar: CAL-office
    matrix: MTX-standard
    targets:
      - {measure: resolution, priority: P1, limit: 4h, time: elapsed}
    clock_stops:
      - {code: waiting-for-customer, meaning: We asked and wait for an answer., maximum: 40h}
      - {code: waiting-for-customer, meaning: The customer tests the solution.}
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
      - {measure: resolution, priority: P1, limit: 4h, time: elapsed}
    clock_stops:
      - {code: waiting-for-customer, meaning: We asked and wait for an answer., maximum: 40h}
      - {code: customer-tests, meaning: The customer tests the solution.}
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._agreements import versions

CLAUSES = ("8.3.3", "8.3.4")
SEVERITY = "warning"


def applies(kind: Kind) -> bool:
    return kind.name in ("sla", "supporting-agreement")


def check_record(record: Record) -> Iterator[Finding]:
    for version in versions(record):
        seen = set()
        for stop in version.part.parts("clock_stops"):
            code = stop.text("code")
            if code in seen:
                yield stop.finding(
                    "code",
                    f"Version {version.number} names this code twice, and the clock reads the last.",
                    "Join the two, or give one of them a code of its own.",
                )
            seen.add(code)
