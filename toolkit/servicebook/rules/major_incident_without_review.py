"""A major incident was resolved a month ago, and no review has looked at it.

A major incident is paid for in full. What it taught is the only thing that comes back, and only if those who were there
sit down while they remember.

It is major when it has `major:` or the event `major-declared`. A review of the type `major-incident-review` counts,
whether the incident names it or it names the incident. Within 30 days after the resolution it may be missing; what was
resolved before the management system began (`since` under `[scope]` in `servicebook.toml`) is left alone.

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
  review: REV-20260325-p6kd
timeline:
  - {at: 2026-03-18T09:02:00+01:00, event: opened}
  - {at: 2026-03-18T10:25:00+01:00, event: resolved}
```

```yaml records/reviews/REV-20260325-p6kd.yaml
id: REV-20260325-p6kd
schema_version: 2
title: Review of the payment failure
type: major-incident-review
held_on: 2026-03-25
chair: it-manager
attendees:
  - role: it-manager
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._timeline import is_major, tells, told, waited

CLAUSES = ("8.6.1",)

_LONGEST = 30  # days


def applies(kind: Kind) -> bool:
    return tells(kind, "incident")


def note(record: Record) -> str | None:
    """When a major incident was resolved."""
    if not is_major(record):
        return None
    resolved = told(record).resolved
    return resolved.isoformat() if resolved is not None else None


def check_book(book: Book) -> Iterator[Finding]:
    for name, resolved in book.notes("major-incident-without-review").items():
        incident = book.by_id[name]
        reviews = [review.part.text("type") for review in book.connected(incident, "review")]
        day = waited(book, resolved, _LONGEST)
        if day is not None and "major-incident-review" not in reviews:
            yield incident.part.finding(
                "major",
                f"The major incident {quote(name)} was resolved on {day}, and no review has looked at it.",
                "Hold the review and name it: review: in major, or evidence: in the review.",
            )
