"""A record's id is not its file's name.

People and links find a record by its id, git and the site by its file. When the two differ, two records
can share an id and merge without a conflict. So the file's name is the id, to the letter, with `.yaml`.

## Wrong

```yaml records/services/SVC-shop.yaml
id: SVC-webshop
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

from servicebook.finding import Finding, quote
from servicebook.record import Record

REGARDLESS = True
SUPPRESSIBLE = False


def check_record(record: Record) -> Iterator[Finding]:
    if record.id != record.stem:
        yield record.finding(
            ("id",),
            f"The id is {quote(record.id)}, but the file is named {quote(record.stem)}.",
            f"Rename the file to {record.id[:64]}.yaml, or write id: {record.stem[:64]}.",
        )
