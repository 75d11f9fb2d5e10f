"""A live service has no text in the catalogue.

Customers and users choose and ask by the catalogue: what they get, how they reach it, whom they ask. A service that
is not in it is found by word of mouth, and those who know nobody do not find it.

The rule looks at services that have been live for 30 days on the day from which the book is judged; where `services`
under `[scope]` in `servicebook.toml` names some, at those.

## Wrong

```yaml records/services/SVC-backup.yaml
id: SVC-backup
schema_version: 1
title: Backup and restore
owner: it-manager
criticality: important
live_from: 2022-01-01
```

## Right

```yaml records/services/SVC-backup.yaml
id: SVC-backup
schema_version: 1
title: Backup and restore
owner: it-manager
criticality: important
live_from: 2022-01-01
catalogue:
  - audience: staff
    language: en
    text: Files of the last 90 days come back within a working day. Ask the service desk.
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.rules._agreements import live_services

CLAUSES = ("8.2.4",)
SEVERITY = {"starter": "warning", "standard": "error"}


def check_book(book: Book) -> Iterator[Finding]:
    for service in live_services(book):
        if not service.part.parts("catalogue"):
            yield service.part.finding(
                "catalogue",
                f"{quote(service.id)} is live and has no text in the catalogue.",
                "Add catalogue: with audience and text: what they get, how they reach it, whom they ask.",
            )
