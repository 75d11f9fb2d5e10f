"""The events of a timeline are not in order of time.

A timeline is read from top to bottom, by people and by the clock. An event that stands below a later
one is either at the wrong place or has the wrong time; either way the durations computed from it are
in doubt.

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
  - at: 2025-11-28T08:40:00+01:00
    event: responded
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
  - at: 2025-11-28T09:40:00+01:00
    event: responded
```
"""

from collections.abc import Iterator
from datetime import datetime

from servicebook.finding import Finding, inert_line
from servicebook.kinds import Kind
from servicebook.record import Record


def applies(kind: Kind) -> bool:
    return kind.lifecycle is not None


def check_record(record: Record) -> Iterator[Finding]:
    lifecycle = record.kind.lifecycle
    assert lifecycle is not None
    timeline = record.data.get(lifecycle.timeline, ())
    if _reads_in_order([event["at"] for event in timeline]):
        return
    latest, latest_text = None, ""
    for number, event in enumerate(timeline):
        moment = datetime.fromisoformat(event["at"])
        if latest is None or moment >= latest:
            latest, latest_text = moment, event["at"]
            continue
        yield record.finding(
            (lifecycle.timeline, number, "at"),
            f"The event {inert_line(event['event'])} at {event['at']} stands below one at {latest_text}.",
            "Correct the time, or move the event to its place.",
        )


def _reads_in_order(times: list[str]) -> bool:
    """Whether times of one length and one offset are in order as they are written: the case of nearly every record."""
    alike = {(len(at), at[19:]) for at in times}
    return len(alike) <= 1 and times == sorted(times)
