"""A customer was not asked how satisfied they are within the agreed time.

Each customer's record says how often satisfaction is measured. Figures show what the services did; only asking shows
whether it was what the customer needed.

Time runs from the last survey that names the customer. Where there was none yet, it runs from the day on which the
management system began (`since` under `[scope]` in `servicebook.toml`); without that day nothing is due.

## Wrong

```yaml records/customers/CUS-retail.yaml
id: CUS-retail
schema_version: 1
title: Retail
type: internal
relationship_owner: {role: it-manager}
contact: A meeting on the first Monday of the month.
survey_every: year
```

```yaml records/feedback/2025/FBK-20250602-e7yr.yaml
id: FBK-20250602-e7yr
schema_version: 1
title: Shop managers, 2025
type: survey
customer: CUS-retail
survey:
  population: 3
  sampled: 3
  sample_rule: All of them.
  responses: 3
  question: Do the tills do what you need?
  scale: 1 (no) to 5 (yes)
  score: 3.7
  analysis: Refunds take too many steps.
timeline:
  - {at: 2025-06-02T09:00:00+02:00, event: received}
```

## Right

```yaml records/customers/CUS-retail.yaml
id: CUS-retail
schema_version: 1
title: Retail
type: internal
relationship_owner: {role: it-manager}
contact: A meeting on the first Monday of the month.
survey_every: year
```

```yaml records/feedback/2026/FBK-20260601-q4vd.yaml
id: FBK-20260601-q4vd
schema_version: 1
title: Shop managers, 2026
type: survey
customer: CUS-retail
survey:
  population: 3
  sampled: 3
  sample_rule: All of them.
  responses: 3
  question: Do the tills do what you need?
  scale: 1 (no) to 5 (yes)
  score: 4.3
  analysis: Refunds take one step less than last year.
timeline:
  - {at: 2026-06-01T09:00:00+02:00, event: received}
```
"""

from collections.abc import Iterator
from datetime import date, datetime

from servicebook.book import Book
from servicebook.cadence import after
from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._states import day_of, entered

CLAUSES = ("8.3.2",)
SEVERITY = {"starter": "warning", "full": "error"}


def applies(kind: Kind) -> bool:
    return kind.name == "feedback"


def note(record: Record) -> list[str] | None:
    """Which customer a survey asked, and when."""
    customer = record.part.text("customer")
    states = entered(record) if customer is not None and record.part.text("type") == "survey" else []
    return [str(customer), states[0][1]] if states else None


def check_book(book: Book) -> Iterator[Finding]:
    asked: dict[str, date] = {}
    for customer, moment in book.notes("satisfaction-survey-overdue").values():
        began = datetime.fromisoformat(moment)
        if began <= book.as_of:
            asked[customer] = max(asked.get(customer, date.min), day_of(book, began))
    for record in book.records("customer"):
        since = asked.get(record.id, book.config.since)
        due = after(since, record.part.text("survey_every")) if since is not None else date.max
        if due < book.today:
            last = f"last asked on {asked[record.id]}" if record.id in asked else "never asked"
            yield record.part.finding(
                "survey_every",
                f"The customer was {last}; the next survey was due on {due}.",
                "Hold the survey and record it: servicebook new feedback --set type=survey.",
            )
