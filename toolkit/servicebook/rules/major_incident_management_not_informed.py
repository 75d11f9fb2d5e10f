"""Top management was not informed of a major incident.

A major incident is one that those who answer for the whole must hear of from us, and at the time, not from a neighbour
who could not pay.

Where records of roles say which roles are top management, one of these must stand in `to:` of an event `informed`;
without such records any event `informed` will do. The rule waits for a day after the incident was declared major; what
lies before the management system began (`since` under `[scope]` in `servicebook.toml`) is left alone.

## Wrong

```yaml records/incidents/2026/INC-20260318-k7q2.yaml
id: INC-20260318-k7q2
schema_version: 1
title: Payment page times out
service: SVC-online-shop
category: checkout
impact: high
urgency: high
major:
  criteria: Orders cannot be paid for longer than fifteen minutes.
  manager: {role: shop-operations-lead}
timeline:
  - {at: 2026-03-18T09:02:00+01:00, event: opened}
  - {at: 2026-03-18T09:15:00+01:00, event: major-declared}
  - {at: 2026-03-18T10:25:00+01:00, event: resolved}
```

## Right

```yaml records/incidents/2026/INC-20260318-k7q2.yaml
id: INC-20260318-k7q2
schema_version: 1
title: Payment page times out
service: SVC-online-shop
category: checkout
impact: high
urgency: high
major:
  criteria: Orders cannot be paid for longer than fifteen minutes.
  manager: {role: shop-operations-lead}
timeline:
  - {at: 2026-03-18T09:02:00+01:00, event: opened}
  - {at: 2026-03-18T09:15:00+01:00, event: major-declared}
  - {at: 2026-03-18T09:20:00+01:00, event: informed, to: retail-director}
  - {at: 2026-03-18T10:25:00+01:00, event: resolved}
```
"""

from collections.abc import Iterator
from typing import Any

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._timeline import first, is_major, tells, told, waited

CLAUSES = ("8.6.1",)

_LONGEST = 1  # day


def applies(kind: Kind) -> bool:
    return tells(kind, "incident")


def note(record: Record) -> list[Any] | None:
    """When an incident became a major one, and which roles were informed."""
    if not is_major(record):
        return None
    timeline = told(record)
    declared = first(timeline, "major-declared") or timeline.opened
    informed = [str(event.data.get("to", "")) for event in timeline.events if event.name == "informed"]
    return [declared.isoformat(), informed] if declared is not None else None


def check_book(book: Book) -> Iterator[Finding]:
    roles = [record.part for record in book.records("role")]
    top = {name for role in roles if role.truth("top_management") and (name := role.text("role")) is not None}
    for name, (declared, informed) in book.notes("major-incident-management-not-informed").items():
        day = waited(book, declared, _LONGEST)
        if day is not None and not (top.intersection(informed) if top else informed):
            whom = f"to: one of {', '.join(map(quote, sorted(top)))}" if top else "to: the role that was told"
            yield book.by_id[name].part.finding(
                "major",
                f"{quote(name)} became a major incident on {day}, and top management was not informed of it.",
                f"Add the event informed with {whom}, at the time when it was.",
            )
