"""Whoever answers for a correction also judged whether it worked.

Nobody likes to find that their own remedy failed. The effectiveness of a corrective action, or of a problem's
resolution, is checked by somebody other than the owner, or than whoever resolved it. Two who share a role are
told apart by `person`: without it, they are taken for one.

## Wrong

```yaml records/nonconformities/NC-20260327-b4tz.yaml
id: NC-20260327-b4tz
schema_version: 1
title: Changes with a way back that nobody had tried
source: staff
clause: "8.5.1"
owner:
  role: finance-controller
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
from servicebook.part import Part
from servicebook.record import Record
from servicebook.rules._people import same

CLAUSES = ("8.6.3", "10.1")


def applies(kind: Kind) -> bool:
    return "effectiveness" in kind.schema.get("properties", {})


def check_record(record: Record) -> Iterator[Finding]:
    checker = record.part.part("effectiveness").part("checked_by")
    owner = record.part.part("owner") or _resolver(record)
    if same(owner, checker):
        yield checker.finding(
            "person" if "person" in checker else "role",
            f"The effectiveness of {record.id} was checked by the same who answers for it.",
            "Let somebody else check it, or name the persons where two people share the role.",
        )


def _resolver(record: Record) -> Part:
    """Who resolved it for good, as a doer; empty where the timeline does not say."""
    lifecycle = record.kind.lifecycle
    events = record.part.parts(lifecycle.timeline) if lifecycle is not None else []
    resolved = next((event for event in reversed(events) if event.text("event") == "resolved"), Part(record, {}))
    return Part(record, {"role": resolved.text("by"), "person": resolved.text("person")}, resolved.pointer)
