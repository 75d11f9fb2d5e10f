"""A record names another that is not in the book.

Evidence is a chain: an incident leads to its service, a decision to what it was based on. A link that
leads nowhere breaks the chain, most often by a slip of the keyboard or because the other record was
removed or renamed.

## Wrong

```yaml records/services/SVC-shop.yaml
id: SVC-shop
schema_version: 1
title: Online shop
owner: shop-lead
criticality: vital
live_from: 2024-01-01
depends_on:
  - SVC-order
```

```yaml records/services/SVC-orders.yaml
id: SVC-orders
schema_version: 1
title: Order system
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
depends_on:
  - SVC-orders
```

```yaml records/services/SVC-orders.yaml
id: SVC-orders
schema_version: 1
title: Order system
owner: shop-lead
criticality: vital
live_from: 2024-01-01
```
"""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from servicebook.book import Book
from servicebook.finding import Finding, quote

_ID = re.compile(r"[A-Za-z0-9-]+")
_SUGGESTIONS = 10  # where more is amiss it is no slip of the keyboard, and each is looked for among all ids


def check_book(book: Book) -> Iterator[Finding]:
    # A record that cannot be read is there all the same; the rule yaml-syntax speaks of it.
    known = book.by_id.keys() | {PurePosixPath(path).stem for path in book.refused}
    near: dict[str, str | None] = {}
    for record in book.all:
        for link in record.links:
            if link.target in known or not (record.valid or _ID.fullmatch(link.target)):
                continue  # of what cannot be an id the rule schema has spoken
            if link.target not in near:
                near[link.target] = book.nearest(link.target, link.kinds) if len(near) < _SUGGESTIONS else None
            suggestion = near[link.target]
            hint = f"Did you mean {suggestion}?" if suggestion else "Correct the id, or add the record it names."
            yield record.finding(link.pointer, f"There is no record {quote(link.target)}.", hint)
