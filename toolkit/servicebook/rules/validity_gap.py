"""There are days on which no version is in force.

An SLA, a calendar and a priority matrix hold by version, each with the days on which it is in force. An
incident is judged by the version in force when its clock started. On a day between two versions there
is none, and the incident can be judged by nothing.

## Wrong

```yaml records/calendars/CAL-office.yaml
id: CAL-office
schema_version: 1
title: Office hours
versions:
  - version: 1
    valid_from: 2025-01-01
    valid_to: 2025-12-31
    zone: Europe/Amsterdam
    weekly: [{days: [mon], hours: [{from: "09:00", to: "17:00"}]}]
  - version: 2
    valid_from: 2026-02-01
    zone: Europe/Amsterdam
    weekly: [{days: [mon], hours: [{from: "09:00", to: "17:00"}]}]
```

## Right

```yaml records/calendars/CAL-office.yaml
id: CAL-office
schema_version: 1
title: Office hours
versions:
  - version: 1
    valid_from: 2025-01-01
    valid_to: 2025-12-31
    zone: Europe/Amsterdam
    weekly: [{days: [mon], hours: [{from: "09:00", to: "17:00"}]}]
  - version: 2
    valid_from: 2026-01-01
    zone: Europe/Amsterdam
    weekly: [{days: [mon], hours: [{from: "09:00", to: "17:00"}]}]
```
"""

from collections.abc import Iterator
from datetime import timedelta

from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._validity import spans, successions


def applies(kind: Kind) -> bool:
    return kind.versions is not None


def check_record(record: Record) -> Iterator[Finding]:
    for earlier, later in successions(spans(record)):
        if earlier.last is not None and later.first > earlier.last + timedelta(days=1):
            day, eve = earlier.last + timedelta(days=1), later.first - timedelta(days=1)
            yield record.finding(
                (*later.pointer, "valid_from"),
                f"No version is in force from {day} to {eve}.",
                f"Let version {later.version} begin on {day}, or version {earlier.version} end on {eve}.",
            )
