"""A nonconformity was raised, and nothing was done about it.

What was found wrong is put right, its cause is looked for, and somebody says by when. A nonconformity that has none of
these after 30 days has been written down and left.

A correction, a cause, or a day by which an action or the check of effectiveness is due is enough. What was raised
before [scope] since is left in peace.

## Wrong

```yaml records/nonconformities/NC-20260327-b4tz.yaml
id: NC-20260327-b4tz
schema_version: 1
title: Changes with a way back that nobody had tried
source: staff
clause: "8.5.1"
owner:
  role: shop-operations-lead
timeline:
  - at: 2026-03-27T10:00:00+01:00
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
correction: The way back of the three changes that were under way was tried on a copy.
timeline:
  - at: 2026-03-27T10:00:00+01:00
    event: raised
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding
from servicebook.part import Part
from servicebook.rules._states import last
from servicebook.rules._timeline import opened_at, waited

CLAUSES = ("10.1",)
SEVERITY = {"starter": "warning", "full": "error"}

_LONGEST = 30  # days


def check_book(book: Book) -> Iterator[Finding]:
    for record in book.records("nonconformity"):
        raised = opened_at(record)
        if raised is None or last(record) == "closed" or _touched(record.part):
            continue
        if day := waited(book, raised, _LONGEST):
            yield record.part.finding(
                "timeline",
                f"{record.id} was raised on {day}, and has no correction, no cause and nothing that is due.",
                "Add correction: or cause:, or actions: with the day by which each is due.",
            )


def _touched(nonconformity: Part) -> bool:
    dated = (*nonconformity.parts("actions"), nonconformity.part("effectiveness"))
    done = "correction" in nonconformity or bool(nonconformity.part("cause"))
    return done or any(part.day("due") is not None for part in dated)
