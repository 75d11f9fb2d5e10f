"""A problem was resolved, and nobody has looked in time whether that worked.

A resolution is an opinion until the incidents have stayed away for a while. The day on which to look is set when the
problem is resolved, because afterwards nobody has a reason to.

The day is `due` in `effectiveness`. A problem that was resolved 30 days ago without such a day is found too, unless it
was accepted or has a workaround only: there is nothing to stay away. What was resolved before the management system
began (`since` under `[scope]` in `servicebook.toml`) needs no such day.

## Wrong

```yaml records/problems/2026/PRB-20260112-r8tc.yaml
id: PRB-20260112-r8tc
schema_version: 1
title: Checkout waits while the stock export runs
source: trend
impact: high
urgency: medium
resolution:
  code: fixed
  summary: The export reads a copy.

effectiveness:
  due: 2026-05-15
timeline:
  - {at: 2026-01-12T10:00:00+01:00, event: opened}
  - {at: 2026-02-12T09:00:00+01:00, event: resolved}
```

## Right

```yaml records/problems/2026/PRB-20260112-r8tc.yaml
id: PRB-20260112-r8tc
schema_version: 1
title: Checkout waits while the stock export runs
source: trend
impact: high
urgency: medium
resolution:
  code: fixed
  summary: The export reads a copy.

effectiveness:
  due: 2026-05-15
  checked_on: 2026-05-12
  effective: true
  recurrences: 0
timeline:
  - {at: 2026-01-12T10:00:00+01:00, event: opened}
  - {at: 2026-02-12T09:00:00+01:00, event: resolved}
```
"""

from collections.abc import Iterator
from datetime import date

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._timeline import tells, told, waited

CLAUSES = ("8.6.3",)

_LONGEST = 30  # days


def applies(kind: Kind) -> bool:
    return tells(kind, "problem")


def note(record: Record) -> list[str | None] | None:
    """When it is due to look, and when the problem was resolved; None where it was looked at or need not be."""
    effectiveness = record.part.part("effectiveness")
    due, resolved = effectiveness.day("due"), told(record).resolved
    left = record.part.part("resolution").text("code") in ("accepted", "workaround-only")
    if "checked_on" in effectiveness or resolved is None or (left and due is None):
        return None
    return [due.isoformat() if due is not None else None, resolved.isoformat()]


def check_book(book: Book) -> Iterator[Finding]:
    for name, (due, resolved) in book.notes("problem-effectiveness-overdue").items():
        part = book.by_id[name].part
        if due is not None and date.fromisoformat(due) < book.today:
            yield part.part("effectiveness").finding(
                "due",
                f"Whether the resolution of {quote(name)} worked was to be looked at by {due}.",
                "Look, and add checked_on, checked_by, recurrences and effective.",
            )
        elif due is None and (day := waited(book, resolved, _LONGEST)):
            yield part.finding(
                "resolution",
                f"{quote(name)} was resolved on {day}, and no day is set to look whether that worked.",
                "Add effectiveness: with due.",
            )
