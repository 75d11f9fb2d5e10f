"""A record names itself.

An incident caused by itself, a service that depends on itself: nothing follows from that, and whoever walks along the
links never arrives. Mostly another record was meant.

## Wrong

```yaml records/incidents/INC-20251128-k7q2.yaml
id: INC-20251128-k7q2
schema_version: 1
title: Payment page times out
impact: high
urgency: high
timeline:
  - at: 2025-11-28T09:02:00+01:00
    event: opened
links:
  - type: duplicate-of
    to: INC-20251128-k7q2
```

## Right

```yaml records/incidents/INC-20251128-k7q2.yaml
id: INC-20251128-k7q2
schema_version: 1
title: Payment page times out
impact: high
urgency: high
timeline:
  - at: 2025-11-28T09:02:00+01:00
    event: opened
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding, quote
from servicebook.record import Record


def check_record(record: Record) -> Iterator[Finding]:
    for link in record.links:
        if link.target == record.id:
            yield record.finding(
                link.pointer,
                f"{quote(record.id)} names itself.",
                "Name the record that was meant, or remove the link.",
            )
