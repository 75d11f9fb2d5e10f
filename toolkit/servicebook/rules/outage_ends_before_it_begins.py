"""An outage ends before it begins.

Availability is counted from the two times of an outage. One that ends at or before its beginning takes nothing off,
or worse, adds to what the service was there for, and the figure in the service report is wrong without a sign.

## Wrong

```yaml records/outages/OUT-20260318-w4kd.yaml
id: OUT-20260318-w4kd
schema_version: 1
title: Online shop down after a certificate ran out
type: outage
services: [SVC-online-shop]
from: 2026-03-18T07:25:00+01:00
to: 2026-03-18T06:10:00+01:00
```

## Right

```yaml records/outages/OUT-20260318-w4kd.yaml
id: OUT-20260318-w4kd
schema_version: 1
title: Online shop down after a certificate ran out
type: outage
services: [SVC-online-shop]
from: 2026-03-18T06:10:00+01:00
to: 2026-03-18T07:25:00+01:00
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record

CLAUSES = ("8.7.1",)


def applies(kind: Kind) -> bool:
    return kind.name == "outage"


def check_record(record: Record) -> Iterator[Finding]:
    begun, ended = record.part.moment("from"), record.part.moment("to")
    if begun is not None and ended is not None and ended <= begun:
        yield record.part.finding(
            "to",
            f"The outage ends at {record.part.text('to')}, and begins at {record.part.text('from')}.",
            "Correct one of the two times; leave to: out while the service is still down.",
        )
