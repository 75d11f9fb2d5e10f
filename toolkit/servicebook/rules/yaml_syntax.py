"""A file is not a record in the strict YAML dialect.

Records are read by many tools in many languages, and auditors compare what they say. So the dialect is
the part of YAML that all of them read alike: one document of UTF-8 text, plain fields and lists, no
anchors, aliases, tags, directives or merge keys, no field twice. `no` is text, `010` is ten and
`12:30:45` is text. Files that are built to exhaust a reader are refused before anything is built.

No other rule looks at such a file, but every other file is still checked.

## Wrong

```yaml records/services/SVC-shop.yaml
id: SVC-shop
schema_version: 1
title: Online shop: orders and payment
owner: shop-lead
criticality: vital
live_from: 2024-01-01
```

## Right

```yaml records/services/SVC-shop.yaml
id: SVC-shop
schema_version: 1
title: "Online shop: orders and payment"
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
    for path, refusal in book.refused.items():
        yield Finding(path, refusal.line, refusal.column, "", refusal.message, refusal.hint)
