"""A knowledge article was not looked at for longer than it was to be.

People follow what is written. An article that was right two versions ago sends them the wrong way, with confidence, and
costs the others their readers.

An article that is retired need not be looked at.

## Wrong

```yaml records/knowledge/KNA-till-restart.yaml
id: KNA-till-restart
schema_version: 1
title: A till does not start in the morning
type: how-to
audience: staff
owner: {role: service-desk}
text: Switch off the receipt printer first, then the till, and start them the other way round.
reviewed_on: 2025-03-01
review_every: year
```

## Right

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
from datetime import date

from servicebook.book import Book
from servicebook.cadence import after
from servicebook.finding import Finding, quote
from servicebook.kinds import Kind
from servicebook.record import Record

CLAUSES = ("7.6",)
SEVERITY = "warning"


def applies(kind: Kind) -> bool:
    return kind.name == "knowledge-article"


def note(record: Record) -> str | None:
    """The day by which an article is to be looked at again."""
    reviewed = record.part.day("reviewed_on")
    if reviewed is None or "retired_on" in record.part:
        return None
    return after(reviewed, record.part.text("review_every")).isoformat()


def check_book(book: Book) -> Iterator[Finding]:
    for name, due in book.notes("knowledge-article-review-overdue").items():
        if date.fromisoformat(due) < book.today:
            yield book.by_id[name].part.finding(
                "reviewed_on",
                f"{quote(name)} was to be looked at again by {due}.",
                "Make sure that it is still right and correct reviewed_on, or say retired_on:.",
            )
