"""An emergency change was made a week ago, and nobody has approved it since.

In an emergency there may be no time to ask. It is asked afterwards, so that somebody with the authority says: yes,
this was an emergency, and this was the right thing to do. Otherwise "emergency" becomes the way to do without.

An approval counts whenever it was given. Within seven days after the implementation began it may be missing;
what began before the management system did (`since` under `[scope]` in `servicebook.toml`) is left alone.

## Wrong

```yaml records/changes/2026/CHG-20260202-w5kd.yaml
id: CHG-20260202-w5kd
schema_version: 1
title: Export stock from a copy
category: emergency
type: component
reason: The checkout waits for the export.
requester: {role: order-system-engineer}
timeline:
  - {at: 2026-02-02T09:30:00+01:00, event: requested}
  - {at: 2026-02-10T05:00:00+01:00, event: implementation-started}
  - {at: 2026-02-10T06:20:00+01:00, event: implemented}
```

## Right

```yaml records/changes/2026/CHG-20260202-w5kd.yaml
id: CHG-20260202-w5kd
schema_version: 1
title: Export stock from a copy
category: emergency
type: component
reason: The checkout waits for the export.
requester: {role: order-system-engineer}
approvals:
  - decision: approved
    by: {role: it-manager}
    at: 2026-02-11T09:00:00+01:00
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
from servicebook.rules._timeline import tells, waited

CLAUSES = ("8.5.1",)

_LONGEST = 7  # days


def applies(kind: Kind) -> bool:
    return tells(kind, "change")


def note(record: Record) -> str | None:
    """When an emergency change began that nobody has approved."""
    if record.part.text("category") != "emergency" or approved_at(record) is not None:
        return None
    begun = begun_at(record)
    return begun.isoformat() if begun is not None else None


def check_book(book: Book) -> Iterator[Finding]:
    for name, begun in book.notes("emergency-change-without-retrospective-approval").items():
        if day := waited(book, begun, _LONGEST):
            yield book.by_id[name].part.finding(
                "approvals",
                f"The emergency change {quote(name)} began on {day}, and nobody has approved it since.",
                "Add approvals: with who looked at it afterwards, and when.",
            )
