"""An audit that was planned has not been held.

A programme is a promise with a month in it. Thirty days after the end of the month the audit is there, and the
programme names it; or the month is changed, and the change says why. Plans of more than two years ago are left alone.

The audit that is named looks at every clause in view that was planned. A clause stands for those below it.

## Wrong

```yaml records/audit-programmes/AUP-2026.yaml
id: AUP-2026
schema_version: 1
title: Internal audits 2026
cycle:
  from: 2026-01-01
  to: 2026-12-31
criteria: ISO/IEC 20000-1 and our policies.
risk_basis: Change management comes first.
previous_results: None yet.
changes_considered: A second payment provider.
owner:
  role: it-manager
planned:
  - clauses:
      - "8"
    month: 2026-03
    lead:
      role: finance-controller
approved:
  by:
    role: managing-director
  on: 2026-01-12
```

## Right

```yaml records/audit-programmes/AUP-2026.yaml
id: AUP-2026
schema_version: 1
title: Internal audits 2026
cycle:
  from: 2026-01-01
  to: 2026-12-31
criteria: ISO/IEC 20000-1 and our policies.
risk_basis: Change management comes first.
previous_results: None yet.
changes_considered: A second payment provider.
owner:
  role: it-manager
planned:
  - clauses:
      - "8"
    month: 2026-03
    lead:
      role: finance-controller
    audit: AUD-spring
approved:
  by:
    role: managing-director
  on: 2026-01-12
```

```yaml records/audits/AUD-spring.yaml
id: AUD-spring
schema_version: 1
title: Audit of change and incident management
type: internal
scope: Changes and incidents of the web shop.
criteria: ISO/IEC 20000-1 and the change policy.
clauses:
  - "8"
auditors:
  - role: finance-controller
    independence: Has no part in running the shop.
held:
  from: 2026-03-24
  to: 2026-03-26
```
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from servicebook.book import Book
from servicebook.cadence import after
from servicebook.finding import Finding
from servicebook.part import Part
from servicebook.rules._clauses import asked, audit_of, left_out

CLAUSES = ("9.2",)
SEVERITY = {"starter": "warning", "full": "error"}

GRACE: Final = timedelta(days=30)
LONG_AGO: Final = timedelta(days=730)
SHOWN: Final = 10
"""Clauses that the message names; of more it gives the number."""


def check_book(book: Book) -> Iterator[Finding]:
    programmes = list(book.records("audit-programme"))
    leaves = asked(book) if programmes else []
    for programme in programmes:
        for planned in programme.part.parts("planned"):
            end = _end(planned)
            audit = audit_of(book, planned)
            if audit is not None and (missing := left_out(planned.texts("clauses"), audit.texts("clauses"), leaves)):
                yield planned.finding(
                    "audit",
                    f"{programme.id} planned an audit of {_list(missing)}, which {audit.record.id} did not look at.",
                    "Plan what was left out for another month, or correct the clauses of the audit.",
                )
            if end is not None and "audit" not in planned and GRACE < book.today - end <= LONG_AGO:
                yield planned.finding(
                    "month",
                    f"{programme.id} planned an audit for {planned.text('month')}, and names none that was held.",
                    "Add audit: with its id, or plan another month and say in the commit why.",
                )


def _end(planned: Part) -> date | None:
    """The first day after the month for which an audit is planned."""
    try:
        return after(date.fromisoformat(f"{planned.text('month')}-01"), "month")
    except ValueError:
        return None


def _list(clauses: list[str]) -> str:
    more = f" and {len(clauses) - SHOWN} more" if len(clauses) > SHOWN else ""
    return f"{', '.join(clauses[:SHOWN])}{more}"
