"""A check found a configuration item to differ from the thing itself, and nothing was done about it.

A check that finds something and changes nothing tells the next reader that the records are wrong and that we know it.
Either the record is corrected, or the thing.

## Wrong

```yaml records/configuration-items/CI-shop-database.yaml
id: CI-shop-database
schema_version: 1
title: Database of the web shop
type: data
status: in-use
owner: {role: shop-engineer}
checks:
  - on: 2026-01-12
    by: {role: backup-operator}
    accurate: false
    found: The record said version 15.
```

## Right

```yaml records/configuration-items/CI-shop-database.yaml
id: CI-shop-database
schema_version: 1
title: Database of the web shop
type: data
status: in-use
owner: {role: shop-engineer}
checks:
  - on: 2026-01-12
    by: {role: backup-operator}
    accurate: false
    found: The record said version 15.
    action: Record corrected; the upgrade of October had not been written down.
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record

CLAUSES = ("8.2.6",)


def applies(kind: Kind) -> bool:
    return kind.name == "configuration-item"


def check_record(record: Record) -> Iterator[Finding]:
    for check in record.part.parts("checks"):
        if check.truth("accurate") is False and "action" not in check:
            yield check.finding(
                "accurate",
                "The check found a difference, and does not say what was done about it.",
                "Add action: to the check.",
            )
