"""An incident or a problem is resolved, but its record does not say how.

What was done is what the next person needs when it happens again, and what an auditor asks to see. A resolution
says what kind it was and what was done, in a sentence.

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
  - at: 2025-11-28T10:25:00+01:00
    event: resolved
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
  - at: 2025-11-28T10:25:00+01:00
    event: resolved
resolution:
  code: fixed
  summary: Connection pool of the payment gateway raised from 20 to 80.
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding, inert_line
from servicebook.kinds import Kind
from servicebook.record import Record

CLAUSES = ("8.6.1", "8.6.3")


def applies(kind: Kind) -> bool:
    return (
        kind.lifecycle is not None
        and "resolved" in kind.lifecycle.events
        and "resolution" in kind.schema.get("properties", {})
    )


def check_record(record: Record) -> Iterator[Finding]:
    if "resolution" in record.data or record.part.part("source"):
        return  # an imported ticket may lack what its source never asked for; the metrics count it
    lifecycle = record.kind.lifecycle
    assert lifecycle is not None
    what = inert_line(record.kind.title().lower())
    for number, event in reversed(list(enumerate(record.data[lifecycle.timeline]))):
        if event["event"] == "reopened":
            return
        if event["event"] in ("resolved", "closed"):
            yield record.finding(
                (lifecycle.timeline, number),
                f"The {what} is {event['event']}, but there is no resolution.",
                "Add resolution: with code and summary.",
            )
            return
