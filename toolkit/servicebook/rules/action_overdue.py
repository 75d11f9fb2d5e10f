"""An action is past its date and not done.

Nothing shows so plainly whether a system of reviews works as what became of last year's actions. One that is late is
done, moved to another date by whoever decided it, or given up with a reason; it is not forgotten.

## Wrong

```yaml records/reviews/REV-20260115-m4tz.yaml
id: REV-20260115-m4tz
schema_version: 2
title: Service review, fourth quarter
type: service-review
held_on: 2026-01-15
chair: it-manager
attendees:
  - role: it-manager
actions:
  - id: A1
    what: Run a load test before the spring campaign.
    owner: shop-operations-lead
    due: 2026-03-01
```

## Right

```yaml records/reviews/REV-20260115-m4tz.yaml
id: REV-20260115-m4tz
schema_version: 2
title: Service review, fourth quarter
type: service-review
held_on: 2026-01-15
chair: it-manager
attendees:
  - role: it-manager
actions:
  - id: A1
    what: Run a load test before the spring campaign.
    owner: shop-operations-lead
    due: 2026-03-01
    done: 2026-02-24
    outcome: Twice the orders of the last campaign, no order lost.
```
"""

from collections.abc import Iterator
from datetime import date

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.kinds import Kind
from servicebook.part import Part
from servicebook.record import Record

CLAUSES = ("9.3", "10.2")
SEVERITY = "warning"


def applies(kind: Kind) -> bool:
    return kind.lists_objects("actions")


def note(record: Record) -> str | None:
    """The earliest due date of the actions that are not done."""
    due = [day for action in record.part.parts("actions") if (day := _open_until(action)) is not None]
    return min(due).isoformat() if due else None


def _open_until(action: Part) -> date | None:
    return None if "done" in action else action.day("due")


def check_book(book: Book) -> Iterator[Finding]:
    for record_id, earliest in book.notes("action-overdue").items():
        if date.fromisoformat(earliest) >= book.today:
            continue
        for action in book.by_id[record_id].part.parts("actions"):
            due = _open_until(action)
            if due is not None and due < book.today:
                yield action.finding(
                    "due",
                    f"The action {quote(action.text('id') or '')} was due on {due} and is not done.",
                    "Add done: and outcome:; or set another date, and say in the outcome who agreed to it.",
                )
