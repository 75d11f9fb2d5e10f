"""A record names a person who is not in the list of people.

An id of a person says something only with the list that says who it is. One that is not in `people.yaml` is
mistyped, or belongs to somebody whom nobody will be able to name when it matters. Nothing is asked of a book without
the list, for it may be kept where this check cannot see it.

## Wrong

```yaml people.yaml
people:
  - id: P-7k2n
    name: The IT manager's name
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

## Right

```yaml people.yaml
people:
  - id: P-7k2m
    name: The IT manager's name
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

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.record import Record
from servicebook.rules._people_list import PERSON, people
from servicebook.rules._text import texts
from servicebook.source import Pointer


def note(record: Record) -> list[str] | None:
    return sorted({person for _, person in _named(record)}) or None


def check_book(book: Book) -> Iterator[Finding]:
    listed = people(book)
    if listed is None:
        return
    for name, named in book.notes("unknown-person").items():
        if unknown := set(named) - listed:
            record = book.by_id[name]
            for pointer, person in _named(record):
                if person in unknown:
                    near = get_close_matches(person, sorted(listed), 1)
                    yield record.finding(
                        pointer,
                        f"The list of people has nobody with the id {quote(person)}.",
                        f"Did you mean {near[0]}?" if near else "Add the person to people.yaml, or correct the id.",
                    )


def _named(record: Record) -> Iterator[tuple[Pointer, str]]:
    """Every id of a person, where the schema says that there is one."""
    if b"P-" not in record.source():  # thousands of records name nobody
        return
    for pointer, value in texts(record.data):
        if PERSON.fullmatch(value) and record.kind.property(pointer).get("x-personal"):
            yield pointer, value
