"""A competence has not been assessed again in time.

What a role asks for changes, and what somebody could do two years ago they may have forgotten. A record that
says how often the competence is assessed is held to it, as long as the person holds the role.

## Wrong

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
assessed_on: 2025-01-13
assessed_by:
  role: managing-director
review_every: year
```

## Right

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
review_every: year
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.cadence import after
from servicebook.finding import Finding
from servicebook.rules._roles import competences

CLAUSES = ("7.2",)
SEVERITY = "warning"


def check_book(book: Book) -> Iterator[Finding]:
    for competence in competences(book):
        assessed = competence.day("assessed_on")
        if assessed is not None and (due := after(assessed, competence.text("review_every"))) < book.today:
            yield competence.finding(
                "assessed_on",
                f"The competence of {competence.record.id} was to be assessed again by {due}.",
                "Assess it, and set assessed_on, assessed_by and what is missing.",
            )
