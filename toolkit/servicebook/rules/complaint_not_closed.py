"""A complaint is a month old and not closed.

Who complains still cares. After thirty days without an end they have stopped, or are telling others. What keeps a
complaint open is itself worth a note in it, and a step up the line.

The thirty days run from the day the complaint was received, or was last reopened.

## Wrong

```yaml records/feedback/2026/FBK-20260210-c5tj.yaml
id: FBK-20260210-c5tj
schema_version: 1
title: Two weeks without an answer about a missing parcel
type: complaint
voice: {words: I rang three times and nobody knows where my game is., language: en}
timeline:
  - {at: 2026-02-10T10:15:00+01:00, event: received}
  - {at: 2026-02-10T11:00:00+01:00, event: acknowledged}
```

## Right

```yaml records/feedback/2026/FBK-20260210-c5tj.yaml
id: FBK-20260210-c5tj
schema_version: 1
title: Two weeks without an answer about a missing parcel
type: complaint
voice: {words: I rang three times and nobody knows where my game is., language: en}
answer: The parcel was found at the sorting centre and is on its way.
timeline:
  - {at: 2026-02-10T10:15:00+01:00, event: received}
  - {at: 2026-02-10T11:00:00+01:00, event: acknowledged}
  - {at: 2026-02-12T16:30:00+01:00, event: answered}
  - {at: 2026-02-17T09:00:00+01:00, event: closed}
```
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from servicebook.book import Book
from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._states import day_of, entered

CLAUSES = ("8.3.2",)

_TIME_TO_SETTLE = timedelta(days=30)


def applies(kind: Kind) -> bool:
    return kind.name == "feedback"


def note(record: Record) -> list[list[str]] | None:
    """The states of a complaint."""
    return entered(record) if record.part.text("type") == "complaint" else None


def check_book(book: Book) -> Iterator[Finding]:
    for name, states in book.notes("complaint-not-closed").items():
        since = _open_since(states, book.as_of)
        if since is not None and since + _TIME_TO_SETTLE < book.as_of:
            complaint = book.by_id[name]
            lifecycle = complaint.kind.lifecycle
            yield complaint.part.finding(
                lifecycle.timeline if lifecycle else "",
                f"The complaint has been open since {day_of(book, since)}.",
                "Settle it and log closed, or escalate it and say why it takes so long.",
            )


def _open_since(states: list[list[str]], as_of: datetime) -> datetime | None:
    """When it was received, or reopened after it was closed; None where it is closed or not there yet."""
    since = None
    for state, start in states:
        begun = datetime.fromisoformat(start)
        if begun > as_of:
            break
        since = None if state == "closed" else since or begun
    return since
