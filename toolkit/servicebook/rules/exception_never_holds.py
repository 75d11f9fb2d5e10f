"""An exception of an SLA has a period that ends before it begins.

No day lies in it, so it releases nobody: the incidents that it was agreed for are judged all the same.


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
    exceptions:
      - {text: The shop is moved to the new data centre., period: {from: 2026-03-31, to: 2026-03-01}}
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
    exceptions:
      - {text: The shop is moved to the new data centre., period: {from: 2026-03-01, to: 2026-03-31}}
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._agreements import versions

CLAUSES = ("8.3.3",)


def applies(kind: Kind) -> bool:
    return kind.name == "sla"


def check_record(record: Record) -> Iterator[Finding]:
    for version in versions(record):
        for exception in version.part.parts("exceptions"):
            period = exception.part("period")
            first, last = period.day("from"), period.day("to")
            if first is not None and last is not None and last < first:
                yield period.finding(
                    "to",
                    f"The exception ends on {last}, before it begins on {first}.",
                    "Correct one of the two dates.",
                )
