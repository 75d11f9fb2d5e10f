"""There are days on which two versions are in force.

When two versions of an agreement hold on the same day, each side can choose the one it likes. The same
holds for a calendar or a priority matrix, and for a version that ends before it begins.

## Wrong

```yaml records/calendars/CAL-office.yaml
id: CAL-office
schema_version: 1
title: Office hours
versions:
  - version: 1
    valid_from: 2025-01-01
    zone: Europe/Amsterdam
    weekly: [{days: [mon], hours: [{from: "09:00", to: "17:00"}]}]
  - version: 2
    valid_from: 2026-01-01
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
    found = list(spans(record))
    for span in found:
        if span.last is not None and span.last < span.first:
            yield record.finding(
                (*span.pointer, "valid_to"),
                f"Version {span.version} ends on {span.last}, before it begins on {span.first}.",
                "Correct one of the two dates.",
            )
    for earlier, later in successions(found):
        if earlier.last is None or earlier.last >= later.first:
            yield record.finding(
                (*later.pointer, "valid_from"),
                f"Versions {earlier.version} and {later.version} are both in force on {later.first}.",
                f"Let version {earlier.version} end on {later.first - timedelta(days=1)}."
                if earlier.first < later.first
                else "Let one of them begin on the day after the other ends.",
            )
