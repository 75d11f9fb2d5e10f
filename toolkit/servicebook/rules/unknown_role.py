"""A role answers for something, and no record says what that role is.

Records name roles. Who answers for an agreement, an action or an approval is known only where a record says
what the role is and who holds it. Looked at are owners, chairs, and whoever did, approved or checked something; not
who took part in a timeline or a meeting, for there customers and machines do too. Nothing is asked of a book without
records of roles.

## Wrong

```yaml records/roles/ROL-it-manager.yaml
id: ROL-it-manager
schema_version: 1
title: IT manager
role: it-manager
responsibilities: Answers for the service management system.
authority: Approves normal changes.
holders:
  - person: P-5t3n
    from: 2021-09-01
```

```yaml records/nonconformities/NC-20260504-k7q2.yaml
id: NC-20260504-k7q2
schema_version: 1
title: Two changes without an approval
source: staff
clause: 8.5.1
owner:
  role: it-manger
  person: P-7k2m
timeline:
  - at: 2026-05-04T09:02:00+02:00
    event: raised
```

## Right

```yaml records/roles/ROL-it-manager.yaml
id: ROL-it-manager
schema_version: 1
title: IT manager
role: it-manager
responsibilities: Answers for the service management system.
authority: Approves normal changes.
holders:
  - person: P-5t3n
    from: 2021-09-01
```

```yaml records/nonconformities/NC-20260504-k7q2.yaml
id: NC-20260504-k7q2
schema_version: 1
title: Two changes without an approval
source: staff
clause: 8.5.1
owner:
  role: it-manager
  person: P-7k2m
timeline:
  - at: 2026-05-04T09:02:00+02:00
    event: raised
```
"""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, Final

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.record import Record
from servicebook.source import Pointer

CLAUSES = ("5.3",)
SEVERITY = "warning"

_OWNERS: Final = ("owner", "chair")
_DOER: Final = frozenset({"role", "person"})
_GUESTS: Final = "attendees"


def note(record: Record) -> list[str] | None:
    return sorted({role for _, role in _answering(record)}) or None


def check_book(book: Book) -> Iterator[Finding]:
    known = {role for record in book.records("role") if (role := record.part.text("role")) is not None}
    if not known:
        return
    for name, named in book.notes("unknown-role").items():
        if unknown := set(named) - known:
            record = book.by_id[name]
            for pointer, role in _answering(record):
                if role in unknown and "pattern" in record.kind.property(pointer):  # else it is free text
                    unknown.remove(role)  # once in a record is enough
                    near = get_close_matches(role, sorted(known), 1)
                    yield record.finding(
                        pointer,
                        f"No record says what the role {quote(role)} is.",
                        f"Did you mean {near[0]}?" if near else "Make one: servicebook new role.",
                    )


def _answering(record: Record) -> Iterator[tuple[Pointer, str]]:
    """Every role that answers for something in a record, with its place."""
    source = record.source()
    if b"role:" in source or b"owner:" in source or b"chair:" in source:  # most incidents have none
        yield from _within(record.data, ())


def _within(value: Any, at: Pointer) -> Iterator[tuple[Pointer, str]]:
    if isinstance(value, dict):
        names = _OWNERS if value.keys() - _DOER else ("role",)
        yield from (((*at, name), value[name]) for name in names if isinstance(value.get(name), str))
        for name, inner in value.items():
            if name != _GUESTS:
                yield from _within(inner, (*at, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _within(inner, (*at, number))
