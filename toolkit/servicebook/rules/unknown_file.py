"""A file under records/ is no record.

Everything under `records/` is evidence, so nothing may lie there unread: a record saved with another
ending or in a folder that belongs to no kind would silently be missing from every number. Links are
refused because what they lead to is not in the book. What git is told to ignore, and what git cannot
keep (a pipe, a socket), is in no commit and so not in the book.

## Wrong

```yaml records/servces/SVC-shop.yaml
id: SVC-shop
schema_version: 1
title: Online shop
owner: shop-lead
criticality: vital
live_from: 2024-01-01
```

## Right

```yaml records/services/SVC-shop.yaml
id: SVC-shop
schema_version: 1
title: Online shop
owner: shop-lead
criticality: vital
live_from: 2024-01-01
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding

SUPPRESSIBLE = False


def check_book(book: Book) -> Iterator[Finding]:
    for stranger in book.strangers:
        yield Finding(stranger.path, 1, 1, "", stranger.message, stranger.hint)
