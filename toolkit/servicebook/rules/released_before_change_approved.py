"""A release was deployed with a change that nobody had approved by then.

A release carries its changes past every other gate. What goes out with it must have been agreed to before it goes.

The last decision before the release was deployed is the one that counts. Normal changes are looked at. Standard
ones are approved once for every time, emergencies afterwards.

## Wrong

```yaml records/releases/REL-20260210-t6vb.yaml
id: REL-20260210-t6vb
schema_version: 1
title: Web shop, quiet week of February
type: normal
version: 2026.02b
services: [SVC-online-shop]
changes: [CHG-20260202-w5kd]
planned_for: 2026-02-10
deployed_at: 2026-02-10T06:20:00+01:00
```

```yaml records/changes/2026/CHG-20260202-w5kd.yaml
id: CHG-20260202-w5kd
schema_version: 1
title: Export stock from a copy
category: normal
type: component
reason: The checkout waits for the export.
requester: {role: order-system-engineer}
approvals:
  - decision: approved
    by: {role: it-manager}
    at: 2026-02-11T09:00:00+01:00
timeline:
  - {at: 2026-02-02T09:30:00+01:00, event: requested}
```

## Right

```yaml records/releases/REL-20260210-t6vb.yaml
id: REL-20260210-t6vb
schema_version: 1
title: Web shop, quiet week of February
type: normal
version: 2026.02b
services: [SVC-online-shop]
changes: [CHG-20260202-w5kd]
planned_for: 2026-02-10
deployed_at: 2026-02-10T06:20:00+01:00
```

```yaml records/changes/2026/CHG-20260202-w5kd.yaml
id: CHG-20260202-w5kd
schema_version: 1
title: Export stock from a copy
category: normal
type: component
reason: The checkout waits for the export.
requester: {role: order-system-engineer}
approvals:
  - decision: approved
    by: {role: it-manager}
    at: 2026-02-05T14:00:00+01:00
timeline:
  - {at: 2026-02-02T09:30:00+01:00, event: requested}
  - {at: 2026-02-05T14:00:00+01:00, event: approved}
```
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._changes import decisions
from servicebook.rules._states import day_of

CLAUSES = ("8.5.1", "8.5.3")


def applies(kind: Kind) -> bool:
    return kind.name in ("change", "release")


def note(record: Record) -> str | list[list[str]] | None:
    """When a release was deployed; what was decided on a normal change and when, in order of time."""
    if record.kind.name == "release":
        deployed = record.part.moment("deployed_at")
        return deployed.isoformat() if deployed is not None else None
    if record.part.text("category") != "normal":
        return None
    return [[at.isoformat(), decision.text("decision") or ""] for at, decision in decisions(record)]


def check_book(book: Book) -> Iterator[Finding]:
    notes = book.notes("released-before-change-approved")
    for release in book.records("release"):
        deployed = notes.get(release.id, "")
        for link in release.links if deployed else ():
            if link.pointer[0] != "changes":
                continue
            change = book.by_id.get(link.target)
            if change is None or change.kind.name != "change" or link.target not in notes:
                continue
            amiss = _amiss(book, notes[link.target], datetime.fromisoformat(deployed))
            if amiss:
                yield release.finding(
                    link.pointer,
                    f"{quote(release.id)} went out on {_day(book, deployed)}, and {quote(link.target)} was {amiss}.",
                    "Correct the time that is wrong, or add the approval that was given before.",
                )


def _amiss(book: Book, taken: Sequence[Sequence[str]], deployed: datetime) -> str | None:
    """What had become of a change when it went out, as the message says it; None where it was approved."""
    held = [(at, decision) for at, decision in taken if datetime.fromisoformat(at) <= deployed]
    if held and held[-1][1] == "approved":
        return None
    late = [at for at, decision in taken if decision == "approved" and datetime.fromisoformat(at) > deployed]
    if late:
        return f"approved on {_day(book, late[0])}"
    return f"refused on {_day(book, held[-1][0])}" if held else "not approved at all"


def _day(book: Book, moment: str) -> date:
    return day_of(book, datetime.fromisoformat(moment))
