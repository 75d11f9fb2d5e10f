"""A nonconformity was closed though nothing shows that its corrective action worked.

Closing it says that it will not come back. That can be said when somebody has checked the corrective action and
found it effective. Where the check found otherwise, the work goes on.

## Wrong

```yaml records/nonconformities/NC-20260327-b4tz.yaml
id: NC-20260327-b4tz
schema_version: 1
title: Changes with a way back that nobody had tried
source: staff
clause: "8.5.1"
owner:
  role: shop-operations-lead
cause:
  method: five whys
  statement: The form asked for a way back, not whether it had been tried.
timeline:
  - at: 2026-03-27T10:00:00+01:00
    event: raised
  - at: 2026-04-15T09:30:00+02:00
    event: action-taken
  - at: 2026-06-10T14:00:00+02:00
    event: closed
```

## Right

```yaml records/nonconformities/NC-20260327-b4tz.yaml
id: NC-20260327-b4tz
schema_version: 1
title: Changes with a way back that nobody had tried
source: staff
clause: "8.5.1"
owner:
  role: shop-operations-lead
cause:
  method: five whys
  statement: The form asked for a way back, not whether it had been tried.
effectiveness:
  criterion: Ten changes of high risk with a tried way back.
  due: 2026-05-31
  checked_by:
    role: finance-controller
  checked_on: 2026-06-08
  effective: true
  statement: Eleven of eleven since April.
timeline:
  - at: 2026-03-27T10:00:00+01:00
    event: raised
  - at: 2026-04-15T09:30:00+02:00
    event: action-taken
  - at: 2026-06-10T14:00:00+02:00
    event: closed
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._states import last

CLAUSES = ("10.1",)


def applies(kind: Kind) -> bool:
    return kind.name == "nonconformity"


def check_record(record: Record) -> Iterator[Finding]:
    review = record.part.part("effectiveness")
    effective = review.truth("effective")
    if effective is True or last(record) != "closed":
        return
    if effective is False:
        message = f"{record.id} is closed, and the check says that its corrective action did not work."
        yield review.finding("effective", message, "Reopen it, and take another action.")
    else:
        message = f"{record.id} is closed, and nobody has said whether its corrective action worked."
        hint = "Reopen it until that is checked, or add to effectiveness: who checked it, when, and what they found."
        yield record.part.finding("effectiveness", message, hint)
