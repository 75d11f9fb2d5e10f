"""A standard change was made, and nothing says that its kind was approved beforehand.

A standard change is made without asking because somebody agreed to all of its kind once. Where the record does not
say who and where, anything can be called standard, and escapes every look at changes.

It names the policy that lists it (`policy`), or has a link `follows` to a change that was approved, or holds an
approval of its own. It is looked at once its implementation has begun.

## Wrong

```yaml records/changes/2026/CHG-20260202-w5kd.yaml
id: CHG-20260202-w5kd
schema_version: 1
title: More seats before the holidays
category: standard
type: component
reason: The queue is longest in the holidays.
requester: {role: community-support}
timeline:
  - {at: 2026-02-02T09:30:00+01:00, event: requested}
  - {at: 2026-02-10T05:00:00+01:00, event: implementation-started}
  - {at: 2026-02-10T06:20:00+01:00, event: implemented}
```

## Right

```yaml records/changes/2026/CHG-20260202-w5kd.yaml
id: CHG-20260202-w5kd
schema_version: 1
title: More seats before the holidays
category: standard
type: component
reason: The queue is longest in the holidays.
policy: DOC-change-policy
requester: {role: community-support}
timeline:
  - {at: 2026-02-02T09:30:00+01:00, event: requested}
  - {at: 2026-02-10T05:00:00+01:00, event: implementation-started}
  - {at: 2026-02-10T06:20:00+01:00, event: implemented}
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._changes import approved_at, begun_at
from servicebook.rules._timeline import tells

CLAUSES = ("8.5.1",)
SEVERITY = {"starter": "warning", "full": "error"}

_APPROVED = "approved"


def applies(kind: Kind) -> bool:
    return tells(kind, "change")


def note(record: Record) -> str | list[str] | None:
    """That a change was approved; of a standard one that begun without, the records that it follows."""
    change = record.part
    if approved_at(record) is not None:
        return _APPROVED
    if change.text("category") != "standard" or "policy" in change or begun_at(record) is None:
        return None
    return [link.text("to") or "" for link in change.parts("links") if link.text("type") == "follows"]


def check_book(book: Book) -> Iterator[Finding]:
    notes = book.notes("standard-change-without-pre-approval")
    for name, follows in notes.items():
        if follows != _APPROVED and not any(notes.get(other) == _APPROVED for other in follows):
            yield book.by_id[name].part.finding(
                "category",
                f"The standard change {quote(name)} was made, and nothing says that its kind was approved.",
                "Name the policy that lists it under policy:, or link the approved change that it follows.",
            )
