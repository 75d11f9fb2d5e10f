"""The list of people is not in order.

Records name people by ids, so that no name is published; `people.yaml` at the root of the book says who they are.
It holds a list `people`, each with `id` and `name`, and the dates `from` and `to` where they matter. Where the list
cannot be relied on, no id of a person can be checked.

## Wrong

```yaml people.yaml
people:
  - id: P-7k2m
    name: The IT manager's name
  - id: 7k2n
    name: The director's name
```

## Right

```yaml people.yaml
people:
  - id: P-7k2m
    name: The IT manager's name
  - id: P-7k2n
    name: The director's name
    from: 2021-09-01
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding
from servicebook.rules import _people_list

SUPPRESSIBLE = False


def check_book(book: Book) -> Iterator[Finding]:
    yield from _people_list.faults(book)
