"""An event comes in a state in which it cannot.

What is closed cannot be paused, and what was never opened cannot be resolved. The kind's lifecycle says
which events may come in which state; a timeline that breaks it has an event missing, too many or out
of place, and the status and durations computed from it mean nothing.

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
    event: closed
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
  - at: 2025-12-01T09:00:00+01:00
    event: closed
resolution:
  code: fixed
  summary: Connection pool of the payment gateway raised from 20 to 80.
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding, inert_line
from servicebook.kinds import Kind
from servicebook.record import Record


def applies(kind: Kind) -> bool:
    return kind.lifecycle is not None


def check_record(record: Record) -> Iterator[Finding]:
    lifecycle = record.kind.lifecycle
    assert lifecycle is not None
    state: str | None = None
    timeline = record.data.get(lifecycle.timeline, ())
    for number, event in enumerate(timeline):
        allowed, leads_to = lifecycle.events.get(event["event"], (None, None))
        if allowed is not None and state not in allowed:
            before = f"when the record is {state}" if state else f"before the event {lifecycle.opens}"
            wanted = ", ".join(sorted(name for name in allowed if name)) or f"the time before {lifecycle.opens}"
            yield record.finding(
                (lifecycle.timeline, number, "event"),
                f"The event {inert_line(event['event'])} cannot come {before}.",
                f"It belongs to: {wanted}. Add the missing event, or correct this one.",
            )
            return  # what follows would be judged from a state that is not known
        state = leads_to or state
    if state is None and timeline:
        yield record.finding(
            (lifecycle.timeline,),
            f"The timeline has no event {lifecycle.opens}.",
            f"Add when it was {lifecycle.opens}.",
        )
