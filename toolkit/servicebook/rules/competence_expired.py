"""What showed that somebody is competent has lapsed.

A certificate or a training with a last day stops being evidence on the day after it. Whoever holds the role
renews it, or shows the competence in another way. Evidence of the same type that was gained later and is still good
takes its place; of somebody who no longer holds the role nothing is asked.

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
    type: certificate
    on: 2024-03-11
    valid_to: 2026-03-10
assessed_on: 2026-01-12
assessed_by:
  role: managing-director
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
    type: certificate
    on: 2024-03-11
    valid_to: 2026-03-10
  - what: Exercise of a major incident, repeated.
    type: certificate
    on: 2026-02-25
    valid_to: 2028-02-25
assessed_on: 2026-01-12
assessed_by:
  role: managing-director
```
"""

from collections.abc import Iterator
from datetime import date

from servicebook.book import Book
from servicebook.finding import Finding
from servicebook.part import Part
from servicebook.rules._roles import competences

CLAUSES = ("7.2",)
SEVERITY = "warning"


def check_book(book: Book) -> Iterator[Finding]:
    for competence in competences(book):
        shown = competence.parts("evidence")
        for evidence in shown:
            last = evidence.day("valid_to")
            if last is not None and last < book.today and not any(_renews(new, evidence, book.today) for new in shown):
                yield evidence.finding(
                    "valid_to",
                    f"This evidence of {competence.record.id} was good until {last}.",
                    "Add what shows the competence today, or the gap and what is done about it.",
                )


def _renews(new: Part, old: Part, day: date) -> bool:
    gained, before = new.day("on"), old.day("on")
    later = gained is not None and before is not None and before < gained <= day
    return later and new.text("type") == old.text("type") and (new.day("valid_to") or date.max) >= day
