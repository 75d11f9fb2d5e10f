"""A version of a calendar has no hours at all, neither in a week nor on a single day.

A clock in its working time never moves: every target is met, and nothing was measured. Hours whose end is their start,
as 17:00 to 17:00, are hours: they last until the next day.


## Wrong

```yaml records/calendars/CAL-office.yaml
id: CAL-office
schema_version: 1
title: Office hours
versions:
  - version: 1
    valid_from: 2025-01-01
    zone: Europe/Amsterdam
    weekly: []
```

## Right

```yaml records/calendars/CAL-office.yaml
id: CAL-office
schema_version: 1
title: Office hours
versions:
  - version: 1
    valid_from: 2025-01-01
    zone: Europe/Amsterdam
    weekly: [{days: [mon, tue, wed, thu, fri], hours: [{from: "08:30", to: "17:30"}]}]
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record

CLAUSES = ("8.3.3",)
SEVERITY = "warning"


def applies(kind: Kind) -> bool:
    return kind.name == "calendar"


def check_record(record: Record) -> Iterator[Finding]:
    for version in record.part.parts("versions"):
        if not any(entry.parts("hours") for name in ("weekly", "exceptions") for entry in version.parts(name)):
            yield version.finding(
                "weekly",
                "No hour of this calendar is open, so no clock moves in its working time.",
                "Write down the hours.",
            )
