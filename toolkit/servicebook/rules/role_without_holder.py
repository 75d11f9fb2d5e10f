"""Nobody holds a role.

A role answers for something. While nobody holds it, nobody does, however well the record describes it. A role
whose last holder left more than a year ago is taken to be given up: its record stays, for older records name it.

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
    to: 2026-05-31
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
    to: 2026-05-31
  - person: P-7k2m
    from: 2026-06-01
```
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from servicebook.book import Book
from servicebook.finding import Finding
from servicebook.rules._roles import holders

CLAUSES = ("5.3",)
SEVERITY = "warning"

GIVEN_UP: Final = timedelta(days=365)


def check_book(book: Book) -> Iterator[Finding]:
    for role in book.records("role"):
        if holders(role, book.today):
            continue
        ends = [end for holder in role.part.parts("holders") if (end := holder.day("to")) and end < book.today]
        if not ends or book.today - max(ends) <= GIVEN_UP:
            since = f" since {max(ends)}" if ends else ""
            yield role.part.finding(
                "holders",
                f"Nobody has held the role of {role.id}{since}.",
                "Add who holds it now and from which day, or give what it answered for to another role.",
            )
