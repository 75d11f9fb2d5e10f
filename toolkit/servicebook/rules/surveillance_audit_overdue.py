"""A surveillance audit was due, and none is named that was held.

Between two certifications the body comes back every year. Where it does not, it suspends the certificate. Each
surveillance audit of a certificate names the record of the audit once it is held. It is a surveillance audit, or the
recertification that took its place, and ended within a year of the day on which it was due.

## Wrong

```yaml records/certificates/CRT-1.yaml
id: CRT-1
schema_version: 1
title: Certificate for ISO/IEC 20000-1
standard: ISO/IEC 20000-1:2018
number: SM 0417
body: A certification body
scope: The services of the IT team.
issued_on: 2025-05-04
valid_from: 2025-05-04
valid_to: 2028-05-03
surveillance:
  - due: 2026-05-03
```

## Right

```yaml records/certificates/CRT-1.yaml
id: CRT-1
schema_version: 1
title: Certificate for ISO/IEC 20000-1
standard: ISO/IEC 20000-1:2018
number: SM 0417
body: A certification body
scope: The services of the IT team.
issued_on: 2025-05-04
valid_from: 2025-05-04
valid_to: 2028-05-03
surveillance:
  - due: 2026-05-03
    audit: AUD-surveillance
```

```yaml records/audits/AUD-surveillance.yaml
id: AUD-surveillance
schema_version: 1
title: Audit of change and incident management
type: surveillance
scope: Changes and incidents of the web shop.
criteria: ISO/IEC 20000-1 and the change policy.
clauses:
  - "8.5.1"
  - "8.6"
auditors:
  - role: finance-controller
    independence: Has no part in running the shop.
held:
  from: 2026-04-20
  to: 2026-04-21
```
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from servicebook.book import Book
from servicebook.finding import Finding
from servicebook.part import Part
from servicebook.rules._certificates import standing

SEVERITY = {"starter": "warning", "full": "error"}


_TYPES: Final = ("surveillance", "recertification")
_NEAR: Final = timedelta(days=366)


def check_book(book: Book) -> Iterator[Finding]:
    for certificate in standing(book):
        if (certificate.day("valid_to") or book.today) < book.today:
            continue
        for planned in certificate.parts("surveillance"):
            due = planned.day("due")
            if due is None:
                continue
            audit = book.by_id.get(planned.text("audit") or "")
            if audit is not None and audit.valid and audit.kind.name == "audit":
                if not _serves(audit.part, due):
                    yield planned.finding(
                        "audit",
                        f"{audit.id} is no surveillance audit that ended within a year of {due}.",
                        "Name the audit that the body held for this; without one, agree another day and write it here.",
                    )
            elif due < book.today and "audit" not in planned:
                yield planned.finding(
                    "due",
                    f"The surveillance audit of {certificate.record.id} was due on {due}.",
                    "Add audit: with its id, or agree another day with the body and write it here.",
                )


def _serves(audit: Part, due: date) -> bool:
    held = audit.part("held").day("to")
    return audit.text("type") in _TYPES and held is not None and abs(held - due) <= _NEAR
