"""A problem is said to be fixed, and nothing was changed.

A cause does not go away by being found. Something was altered, and whoever wonders later why the incidents ceased, or
came back, must be able to find out what.

A change or a release that is connected to the problem counts, from whichever side, and so does an action of the
problem that is done.

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

actions:
  - id: A1
    what: Let the export read a copy.
    owner: order-system-engineer
    due: 2026-02-28
    done: 2026-02-10
timeline:
  - {at: 2026-01-12T10:00:00+01:00, event: opened}
  - {at: 2026-02-12T09:00:00+01:00, event: resolved}
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.kinds import Kind
from servicebook.record import Record

CLAUSES = ("8.6.3",)


def applies(kind: Kind) -> bool:
    return kind.name == "problem"


def note(record: Record) -> bool | None:
    """True for a problem that is fixed by none of its own actions."""
    fixed = record.part.part("resolution").text("code") == "fixed"
    return True if fixed and not any("done" in action for action in record.part.parts("actions")) else None


def check_book(book: Book) -> Iterator[Finding]:
    for name in book.notes("problem-fixed-without-change"):
        problem = book.by_id[name]
        if not book.connected(problem, "change", "release"):
            yield problem.part.part("resolution").finding(
                "code",
                f"{quote(name)} is fixed, and neither a change nor an action that is done says by what.",
                "Name the change under changes:, or the action with done:.",
            )
