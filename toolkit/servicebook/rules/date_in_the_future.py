"""Something is recorded as done at a time that is still to come.

An event, an approval, a meeting held, an action done: all of them lie in the past when they are written down. A
year mistyped in January, or an entry made ahead of its time, makes durations wrong, and a record of what has not
happened is no evidence. One day is allowed for clocks and zones. What is planned has fields of its own, which may lie
ahead: due, planned_for, from and to.

For the files on disk the present is what counts, for a commit its own time, and with `--as-of` the instant given.

## Wrong

```yaml records/incidents/INC-20251128-k7q2.yaml
id: INC-20251128-k7q2
schema_version: 1
title: Payment page times out
impact: high
urgency: high
timeline:
  - at: 2025-11-28T09:02:00+01:00
    event: opened
  - at: 2062-11-28T09:40:00+01:00
    event: responded
```

## Right

```yaml records/incidents/INC-20251128-k7q2.yaml
id: INC-20251128-k7q2
schema_version: 1
title: Payment page times out
impact: high
urgency: high
timeline:
  - at: 2025-11-28T09:02:00+01:00
    event: opened
  - at: 2025-11-28T09:40:00+01:00
    event: responded
```
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.part import Part
from servicebook.record import Record
from servicebook.rules._text import texts

SLACK: Final = timedelta(days=1)
PAST: Final = frozenset({
    "acquired_on", "agreed_on", "announced_at", "assessed_on", "at", "checked_on", "closed_on", "communicated_at",
    "confirmed_on", "deployed_at", "done", "held_on", "identified_on", "issued_on", "on", "raised_on", "recorded_on",
    "reported_on", "reviewed_on", "taken_at", "withdrawn_on",
})  # fmt: skip
"""Fields that say when something was done."""


def note(record: Record) -> str | None:
    """The latest of these days, as it is written: 2026-03-04."""
    data, lifecycle = record.data, record.kind.lifecycle
    latest = ""
    if lifecycle is not None:  # thousands of records have little else
        data = {name: value for name, value in data.items() if name != lifecycle.timeline}
        latest = max([event["at"] for event in record.data[lifecycle.timeline]], default="")
    for inner in _objects(data):
        if not inner.keys().isdisjoint(PAST):
            latest = max([latest, *(text for name in inner.keys() & PAST if isinstance(text := inner[name], str))])
    return latest[:10] or None


def _objects(data: dict[str, Any]) -> list[dict[str, Any]]:
    """The objects within a record, itself included; those in a list within a list left out, for no kind has any."""
    found = [data]
    for inner in found:  # it grows as it is read
        for value in inner.values():
            if isinstance(value, dict):
                found.append(value)
            elif isinstance(value, list):
                found += [item for item in value if isinstance(item, dict)]
    return found


def check_book(book: Book) -> Iterator[Finding]:
    limit = book.look.horizon + SLACK
    latest_day = limit.date().isoformat()
    for record_id, latest in book.notes("date-in-the-future").items():
        if latest < latest_day:
            continue
        record = book.by_id[record_id]
        for pointer, value in texts(record.data):
            if pointer[-1] not in PAST:
                continue
            field = Part(record, {"at": value})
            moment, day = field.moment("at"), field.day("at")
            if (moment is not None and moment > limit) or (day is not None and day > limit.date()):
                yield record.finding(
                    pointer,
                    f"{pointer[-1]} is {quote(value)}, which is still to come.",
                    "Correct the time, or leave it out until it has happened.",
                )
