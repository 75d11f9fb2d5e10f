"""Somebody holds a role, and nothing shows that they can do what it asks.

An auditor picks three people and asks what their role requires and what shows that they have it. For every
holder of a role there is a record of competence, ninety days after they began at the latest. Asked only where
records of competence are in view: in the profile full, or where there are some; and not of roles on the side of a
customer or a supplier, for whose competence others answer.

## Wrong

```yaml servicebook.toml
[scope]
profile = "full"
```

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
```

## Right

```yaml servicebook.toml
[scope]
profile = "full"
```

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
```

```yaml records/competences/CMP-it-manager.yaml
id: CMP-it-manager
schema_version: 1
title: IT manager
role: it-manager
person: P-5t3n
required:
  - Leads a major incident.
evidence:
  - what: Exercise of a major incident, watched.
    type: experience
    on: 2024-03-11
assessed_on: 2026-01-12
assessed_by:
  role: managing-director
```
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.rules._roles import holders

CLAUSES = ("7.2",)
SEVERITY = "warning"

GRACE: Final = timedelta(days=90)


def check_book(book: Book) -> Iterator[Finding]:
    if not book.in_view("competence"):
        return
    shown = {(record.part.text("role"), record.part.text("person")) for record in book.records("competence")}
    for role in book.records("role"):
        if role.part.text("side") not in (None, "provider"):
            continue
        slug = role.part.text("role")
        for holder in holders(role, book.today):
            person, begun = holder.text("person"), holder.day("from")
            fresh = begun is not None and book.today - begun <= GRACE
            if person is not None and not fresh and (slug, person) not in shown:
                yield holder.finding(
                    "person",
                    f"No record shows that {quote(person)} has the competence that {role.id} asks for.",
                    "Make one: servicebook new competence.",
                )
