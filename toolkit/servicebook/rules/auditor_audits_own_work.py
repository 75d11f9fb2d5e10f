"""An auditor audited their own work.

Nobody sees their own habits. An audit says who did the work that was looked at and which services it was
about; no auditor is among the former, and none owns one of the latter. Two who share a role are told apart by
`person`: without it, they are taken for one.

## Wrong

```yaml records/audits/AUD-spring.yaml
id: AUD-spring
schema_version: 1
title: Audit of change and incident management
type: internal
scope: Changes and incidents of the web shop.
criteria: ISO/IEC 20000-1 and the change policy.
clauses:
  - "8.5.1"
  - "8.6"
auditors:
  - role: finance-controller
    independence: Has no part in running the shop.
held:
  from: 2026-03-24
  to: 2026-03-26
audited:
  - role: finance-controller
```

## Right

```yaml records/audits/AUD-spring.yaml
id: AUD-spring
schema_version: 1
title: Audit of change and incident management
type: internal
scope: Changes and incidents of the web shop.
criteria: ISO/IEC 20000-1 and the change policy.
clauses:
  - "8.5.1"
  - "8.6"
auditors:
  - role: finance-controller
    independence: Has no part in running the shop.
held:
  from: 2026-03-24
  to: 2026-03-26
audited:
  - role: shop-engineer
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding
from servicebook.part import Part
from servicebook.rules._people import same
from servicebook.rules._roles import Terms, holds, terms

CLAUSES = ("9.2",)


def check_book(book: Book) -> Iterator[Finding]:
    known = terms(book)
    for record in book.records("audit"):
        audit = record.part
        for auditor in audit.parts("auditors"):
            if any(same(auditor, doer) for doer in audit.parts("audited")):
                why = "is among those whose work was audited"
            elif (service := _owned(book, known, audit, auditor)) is not None:
                why = f"owns {service}, which was audited"
            else:
                continue
            yield auditor.finding(
                "person" if "person" in auditor else "role",
                f"An auditor of {record.id} {why}.",
                "Let somebody else audit this part, or name the persons where two people share the role.",
            )


def _owned(book: Book, known: Terms, audit: Part, auditor: Part) -> str | None:
    """The first of the audited services that the auditor owns, by role or as the person who held it at the time."""
    person, held = auditor.text("person"), audit.part("held").day("to") or book.today
    for name in audit.texts("services"):
        service = book.by_id.get(name)
        owner = service.part.text("owner") if service is not None and service.valid else None
        if owner is not None and (auditor.text("role") == owner or holds(known, person, owner, held)):
            return name
    return None
