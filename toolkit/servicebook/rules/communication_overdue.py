"""What was to be said again at intervals has not been said again.

People join, and those who were there forget. A briefing or a notice that says how often it is repeated is followed
in time by another of its type that shares a topic and somebody of its audience.

## Wrong

```yaml records/communications/COM-20250128-w6hc.yaml
id: COM-20250128-w6hc
schema_version: 1
title: What the change policy asks of each of us
type: briefing
about: Why no change begins without its way back.
audience:
  - shop-engineer
held_on: 2025-01-28
by:
  role: it-manager
how: In the Wednesday meeting.
topics:
  - policy
every: year
```

## Right

```yaml records/communications/COM-20250128-w6hc.yaml
id: COM-20250128-w6hc
schema_version: 1
title: What the change policy asks of each of us
type: briefing
about: Why no change begins without its way back.
audience:
  - shop-engineer
held_on: 2025-01-28
by:
  role: it-manager
how: In the Wednesday meeting.
topics:
  - policy
every: year
```

```yaml records/communications/COM-20260126-m3ta.yaml
id: COM-20260126-m3ta
schema_version: 1
title: What the change policy asks of each of us
type: briefing
about: Why no change begins without its way back.
audience:
  - shop-engineer
held_on: 2026-01-26
by:
  role: it-manager
how: In the Wednesday meeting.
topics:
  - policy
every: year
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.cadence import after
from servicebook.finding import Finding
from servicebook.part import Part

CLAUSES = ("5.2.2", "7.3", "7.4")
SEVERITY = "warning"


def check_book(book: Book) -> Iterator[Finding]:
    said = [record.part for record in book.records("communication")]
    for one in said:
        held = one.day("held_on")
        if held is None or (due := after(held, one.text("every"))) >= book.today:
            continue
        if not any(_repeats(other, one) for other in said):
            yield one.finding(
                "every",
                f"{one.record.id} was to be said again by {due}.",
                "Say it again and record it, or take every away and say why it need not be repeated.",
            )


def _repeats(later: Part, one: Part) -> bool:
    day, before = later.day("held_on"), one.day("held_on")
    return (
        day is not None
        and before is not None
        and before < day
        and later.text("type") == one.text("type")
        and not set(later.texts("topics")).isdisjoint(one.texts("topics"))
        and not set(later.texts("audience")).isdisjoint(one.texts("audience"))
    )
