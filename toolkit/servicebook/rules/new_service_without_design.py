"""A service was added, removed or transferred, and nobody wrote down what had to be true for it to be accepted.

Such a change is more than a piece of work: somebody must have said what the service has to do, or what becomes of its
users and data, and by what one sees that it does. Without that it is finished when those who did it are tired of it.

The rule looks at changes of the types `service-new`, `service-removed` and `service-transferred` once their
implementation began: `design:` must have `acceptance_criteria`, and when the change is closed, `outcome`.

## Wrong

```yaml records/changes/2026/CHG-20260202-w5kd.yaml
id: CHG-20260202-w5kd
schema_version: 1
title: Export stock from a copy
category: normal
type: service-new
reason: The checkout waits for the export.
requester: {role: order-system-engineer}
approvals:
  - decision: approved
    by: {role: it-manager}
    at: 2026-02-05T14:00:00+01:00
timeline:
  - {at: 2026-02-02T09:30:00+01:00, event: requested}
  - {at: 2026-02-05T14:00:00+01:00, event: approved}
  - {at: 2026-02-10T05:00:00+01:00, event: implementation-started}
  - {at: 2026-02-10T06:20:00+01:00, event: implemented}
```

## Right

```yaml records/changes/2026/CHG-20260202-w5kd.yaml
id: CHG-20260202-w5kd
schema_version: 1
title: Export stock from a copy
category: normal
type: service-new
reason: The checkout waits for the export.
requester: {role: order-system-engineer}
approvals:
  - decision: approved
    by: {role: it-manager}
    at: 2026-02-05T14:00:00+01:00

design:
  requirements: Players find a table near them.
  acceptance_criteria:
    - A hundred players in the trial find a table within two minutes.
timeline:
  - {at: 2026-02-02T09:30:00+01:00, event: requested}
  - {at: 2026-02-05T14:00:00+01:00, event: approved}
  - {at: 2026-02-10T05:00:00+01:00, event: implementation-started}
  - {at: 2026-02-10T06:20:00+01:00, event: implemented}
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._changes import begun_at
from servicebook.rules._states import last
from servicebook.rules._timeline import tells

CLAUSES = ("8.5.2",)

_WHOLE = ("service-new", "service-removed", "service-transferred")


def applies(kind: Kind) -> bool:
    return tells(kind, "change")


def check_record(record: Record) -> Iterator[Finding]:
    part = record.part
    if part.text("type") not in _WHOLE or begun_at(record) is None:
        return
    design = part.part("design")
    if not design.texts("acceptance_criteria"):
        yield part.finding(
            "design" if design else "type",
            f"The change is of type {part.text('type')}, and says nothing of when it is accepted.",
            "Add design: with requirements and acceptance_criteria.",
        )
    elif "outcome" not in design and last(record) == "closed":
        yield part.finding(
            "design",
            f"The change is of type {part.text('type')} and closed, and does not say what was achieved.",
            "Add outcome: to design, beside what was intended.",
        )
