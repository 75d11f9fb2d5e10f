"""Something depends on itself by way of others.

What depends on what says what fails with what, and what must be started first. A circle answers neither: most often
one of its relations stands the wrong way round.

The rule follows `depends_on` of services, and `part-of`, `runs-on` and `depends-on` of configuration items. Items may
be connected in circles: the relation `connects-to` is not followed.

## Wrong

```yaml records/services/SVC-online-shop.yaml
id: SVC-online-shop
schema_version: 1
title: Online shop
owner: it-manager
criticality: vital
live_from: 2021-05-01
depends_on: [SVC-order-system]
```

```yaml records/services/SVC-order-system.yaml
id: SVC-order-system
schema_version: 1
title: Order system
owner: it-manager
criticality: vital
live_from: 2019-01-01
depends_on: [SVC-online-shop]
```

## Right

```yaml records/services/SVC-online-shop.yaml
id: SVC-online-shop
schema_version: 1
title: Online shop
owner: it-manager
criticality: vital
live_from: 2021-05-01
depends_on: [SVC-order-system]
```

```yaml records/services/SVC-order-system.yaml
id: SVC-order-system
schema_version: 1
title: Order system
owner: it-manager
criticality: vital
live_from: 2019-01-01
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._circles import circles
from servicebook.source import Pointer

CLAUSES = ("8.2.2", "8.2.6")

_HOLDS = ("part-of", "runs-on", "depends-on")


def applies(kind: Kind) -> bool:
    return kind.name in ("service", "configuration-item")


def note(record: Record) -> list[str] | None:
    """The ids of what it depends on."""
    items = [part.text("to") for part in record.part.parts("relations") if part.text("type") in _HOLDS]
    services = record.part.texts("depends_on") if record.kind.name == "service" else []
    return [name for name in (*services, *items) if name is not None] or None


def check_book(book: Book) -> Iterator[Finding]:
    notes = book.notes("circular-dependency")
    for circle in circles({name: sorted(notes[name]) for name in sorted(notes)}):
        record = book.by_id[circle[0]]
        yield record.finding(
            _place(record, circle[1]),
            f"{' depends on '.join(map(quote, [*circle, circle[0]]))}.",
            "Take out or turn round the relation that is not true.",
        )


def _place(record: Record, following: str) -> Pointer:
    """Where a record says that it depends on another."""
    for relation in record.part.parts("relations"):
        if relation.text("type") in _HOLDS and relation.text("to") == following:
            return (*relation.pointer, "to")
    return ("depends_on", record.part.texts("depends_on").index(following))
