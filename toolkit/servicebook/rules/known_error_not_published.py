"""A known error with a workaround is in no knowledge article.

Those who meet a known error are not those who look into problems. They search the articles; what is not there is found
again, at the customer's expense.

The rule looks at problems in the state `known-error`, in books that have knowledge articles in view. An article counts
from whichever side it is connected.

## Wrong

```yaml records/problems/2026/PRB-20260112-r8tc.yaml
id: PRB-20260112-r8tc
schema_version: 1
title: Checkout waits while the stock export runs
source: trend
impact: high
urgency: medium
known_error:
  recorded_on: 2026-01-13
  workaround: Stop the export; the stock list of the next morning is a day old.
timeline:
  - {at: 2026-01-12T10:00:00+01:00, event: opened}
  - {at: 2026-01-13T15:30:00+01:00, event: known-error}
```

```yaml records/knowledge/KNA-till-restart.yaml
id: KNA-till-restart
schema_version: 1
title: A till does not start in the morning
type: how-to
audience: staff
owner: {role: service-desk}
text: Switch off the receipt printer first, then the till, and start them the other way round.
reviewed_on: 2026-03-01
review_every: year
```

## Right

```yaml records/problems/2026/PRB-20260112-r8tc.yaml
id: PRB-20260112-r8tc
schema_version: 1
title: Checkout waits while the stock export runs
source: trend
impact: high
urgency: medium
known_error:
  recorded_on: 2026-01-13
  workaround: Stop the export; the stock list of the next morning is a day old.
  article: KNA-till-restart
timeline:
  - {at: 2026-01-12T10:00:00+01:00, event: opened}
  - {at: 2026-01-13T15:30:00+01:00, event: known-error}
```

```yaml records/knowledge/KNA-till-restart.yaml
id: KNA-till-restart
schema_version: 1
title: A till does not start in the morning
type: how-to
audience: staff
owner: {role: service-desk}
text: Switch off the receipt printer first, then the till, and start them the other way round.
reviewed_on: 2026-03-01
review_every: year
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._states import last
from servicebook.rules._timeline import tells

CLAUSES = ("7.6", "8.6.3")
SEVERITY = "warning"


def applies(kind: Kind) -> bool:
    return tells(kind, "problem")


def note(record: Record) -> bool | None:
    """True for a known error with a workaround."""
    helps = "workaround" in record.part.part("known_error")
    return True if helps and last(record) == "known-error" else None


def check_book(book: Book) -> Iterator[Finding]:
    for name in book.notes("known-error-not-published") if book.in_view("knowledge-article") else ():
        problem = book.by_id[name]
        if not book.connected(problem, "knowledge-article"):
            yield problem.part.finding(
                "known_error",
                f"The workaround of {quote(name)} is in no knowledge article.",
                "Write it where those look who meet the error, and name it: article: in known_error.",
            )
