"""A release was deployed, and what stood there before was not kept.

Without a baseline nobody can say afterwards what a release changed, or put back exactly what was there. A copy that was
made after the deployment shows the wrong side of it.

## Wrong

```yaml records/releases/REL-20260210-t6vb.yaml
id: REL-20260210-t6vb
schema_version: 1
title: Web shop, quiet week of February
type: normal
version: 2026.02b
services: [SVC-online-shop]
changes: [CHG-20260202-w5kd]
planned_for: 2026-02-10
deployed_at: 2026-02-10T06:20:00+01:00
```

## Right

```yaml records/releases/REL-20260210-t6vb.yaml
id: REL-20260210-t6vb
schema_version: 1
title: Web shop, quiet week of February
type: normal
version: 2026.02b
services: [SVC-online-shop]
changes: [CHG-20260202-w5kd]
planned_for: 2026-02-10
deployed_at: 2026-02-10T06:20:00+01:00
baseline: {taken_at: 2026-02-10T04:40:00+01:00}
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record

CLAUSES = ("8.5.3",)


def applies(kind: Kind) -> bool:
    return kind.name == "release"


def check_record(record: Record) -> Iterator[Finding]:
    deployed, baseline = record.part.moment("deployed_at"), record.part.part("baseline")
    taken = baseline.moment("taken_at")
    if deployed is None:
        return
    if taken is None:
        yield record.part.finding(
            "deployed_at", "The release is deployed, and has no baseline.", "Add baseline: with taken_at."
        )
    elif taken > deployed:
        yield baseline.finding(
            "taken_at",
            f"The baseline was taken at {taken:%Y-%m-%d %H:%M}, after the deployment at {deployed:%Y-%m-%d %H:%M} UTC.",
            "Name the baseline from before, or correct the time that is wrong.",
        )
