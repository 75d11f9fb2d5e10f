"""A nonconformity against the same clause came back within a year of one that was closed as effective.

Either the corrective action did not reach the cause, or this is another case. Somebody has to look, and say so:
a link between the two shows that they did.

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

```yaml records/nonconformities/NC-20260618-w9cd.yaml
id: NC-20260618-w9cd
schema_version: 1
title: Changes with a way back that nobody had tried
source: incident
clause: "8.5.1"
owner:
  role: shop-operations-lead
timeline:
  - at: 2026-06-18T10:00:00+02:00
    event: raised
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

```yaml records/nonconformities/NC-20260618-w9cd.yaml
id: NC-20260618-w9cd
schema_version: 1
title: Changes with a way back that nobody had tried
source: incident
clause: "8.5.1"
owner:
  role: shop-operations-lead
timeline:
  - at: 2026-06-18T10:00:00+02:00
    event: raised
links:
  - type: related
    to: NC-20260327-b4tz
```
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from servicebook.book import Book
from servicebook.finding import Finding
from servicebook.record import Record
from servicebook.rules._states import entered

CLAUSES = ("10.1",)
SEVERITY = "warning"

YEAR: Final = timedelta(days=365)


def check_book(book: Book) -> Iterator[Finding]:
    records = list(book.records("nonconformity"))
    solved = [(record, closed) for record in records if (closed := _closed_as_effective(record)) is not None]
    for record in records:
        states = entered(record)
        if not states:
            continue
        raised = datetime.fromisoformat(states[0][1])
        before = [one for one, closed in solved if _same_clause(one, record) and timedelta() < raised - closed <= YEAR]
        if before and not any(one in book.connected(record, "nonconformity") for one in before):
            yield record.part.finding(
                "clause",
                f"{record.id} is against the same clause as {before[-1].id}, whose action was found effective.",
                f"Ask whether the cause is the same, and link the two: links: with to: {before[-1].id}.",
            )


def _closed_as_effective(record: Record) -> datetime | None:
    """When it was closed for good; None where it is not, or its action was not found effective."""
    states = entered(record)
    closed = bool(states) and states[-1][0] == "closed"
    if not closed or record.part.part("effectiveness").truth("effective") is not True:
        return None
    return datetime.fromisoformat(states[-1][1])


def _same_clause(one: Record, other: Record) -> bool:
    return one is not other and one.part.text("clause") == other.part.text("clause")
