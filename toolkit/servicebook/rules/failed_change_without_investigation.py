"""A change failed or was taken back a month ago, and why is not written down.

A change that failed was approved by people who expected it to work. What they did not know is worth finding out before
the next one is asked for.

Within 30 days after the change was implemented or taken back the investigation may be missing; what lies before the
management system began (`since` under `[scope]` in `servicebook.toml`) is left alone.

## Wrong

```yaml records/changes/2026/CHG-20260202-w5kd.yaml
id: CHG-20260202-w5kd
schema_version: 1
title: Export stock from a copy
category: normal
type: component
reason: The checkout waits for the export.
requester: {role: order-system-engineer}
outcome:
  result: backed-out
  summary: Orders waited longer than before.
timeline:
  - {at: 2026-02-02T09:30:00+01:00, event: requested}
  - {at: 2026-02-10T05:00:00+01:00, event: implementation-started}
  - {at: 2026-02-10T06:50:00+01:00, event: backed-out}
```

## Right

```yaml records/changes/2026/CHG-20260202-w5kd.yaml
id: CHG-20260202-w5kd
schema_version: 1
title: Export stock from a copy
category: normal
type: component
reason: The checkout waits for the export.
requester: {role: order-system-engineer}
outcome:
  result: backed-out
  summary: Orders waited longer than before.
  investigation: The copy was made on the same disk. Tried with a disk of its own in the test shop since.
timeline:
  - {at: 2026-02-02T09:30:00+01:00, event: requested}
  - {at: 2026-02-10T05:00:00+01:00, event: implementation-started}
  - {at: 2026-02-10T06:50:00+01:00, event: backed-out}
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._changes import ended_at
from servicebook.rules._timeline import tells, waited

CLAUSES = ("8.5.1",)

_LONGEST = 30  # days


def applies(kind: Kind) -> bool:
    return tells(kind, "change")


def note(record: Record) -> str | None:
    """When a change ended that failed and was not looked into."""
    outcome = record.part.part("outcome")
    if outcome.text("result") not in ("failed", "backed-out") or "investigation" in outcome:
        return None
    ended = ended_at(record)
    return ended.isoformat() if ended is not None else None


def check_book(book: Book) -> Iterator[Finding]:
    for name, ended in book.notes("failed-change-without-investigation").items():
        if day := waited(book, ended, _LONGEST):
            outcome = book.by_id[name].part.part("outcome")
            yield outcome.finding(
                "result",
                f"The change {quote(name)} did not succeed on {day}, and nobody has written down why.",
                "Add investigation: with why it went wrong and what follows from that.",
            )
