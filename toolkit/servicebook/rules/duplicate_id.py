"""Two records share an id.

A link to that id would mean either of them. Ids that differ only in capitals count as equal, because
some file systems cannot keep both files, and people cannot keep them apart.

## Wrong

```yaml records/services/SVC-shop.yaml
id: SVC-shop
schema_version: 1
title: Online shop
owner: shop-lead
criticality: vital
live_from: 2024-01-01
```

```yaml records/services/SVC-Shop.yaml
id: SVC-Shop
schema_version: 1
title: Shop on the square
owner: shop-lead
criticality: important
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

```yaml records/services/SVC-town-shop.yaml
id: SVC-town-shop
schema_version: 1
title: Shop on the square
owner: shop-lead
criticality: important
live_from: 2024-01-01
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding, inert_line, quote

SUPPRESSIBLE = False


def check_book(book: Book) -> Iterator[Finding]:
    first = {record.id.casefold(): record for record in reversed(book.all)}
    for record in book.all:
        earlier = first[record.id.casefold()]
        if earlier is not record:
            same = (
                "is also the id of"
                if earlier.id == record.id
                else f"differs only in capitals from {quote(earlier.id)} in"
            )
            yield record.finding(
                ("id",),
                f"The id {quote(record.id)} {same} {inert_line(earlier.path)}.",
                "Give one of the two another id, and rename its file.",
            )
