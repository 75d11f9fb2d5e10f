"""A nonconformity was closed without its cause.

A correction puts right what is wrong now. Only whoever knows why it came about can keep it from coming back.
A closed nonconformity says what its cause was and how that was found.

## Wrong

```yaml records/nonconformities/NC-20260327-b4tz.yaml
id: NC-20260327-b4tz
schema_version: 1
title: Changes with a way back that nobody had tried
source: staff
clause: "8.5.1"
owner:
  role: shop-operations-lead
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
    if not record.part.part("cause") and last(record) == "closed":
        yield record.part.finding(
            "title",
            f"{record.id} is closed and does not say what its cause was.",
            "Add cause: with the method by which it was found and a statement.",
        )
