"""A version of a document was in force before it was approved.

Until somebody who may has said yes, a text is a proposal. A version whose first day lies before its approval
says that people worked by a proposal, or that one of the two dates is wrong.

## Wrong

```yaml records/documents/DOC-change-policy.yaml
id: DOC-change-policy
schema_version: 1
title: Change policy
type: procedure
owner:
  role: it-manager
versions:
  - version: 1
    valid_from: 2026-02-01
    content:
      path: documents/policy.md
      sha256: 3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea
    approved:
      by:
        role: managing-director
      on: 2026-02-20
review_every: year
```

## Right

```yaml records/documents/DOC-change-policy.yaml
id: DOC-change-policy
schema_version: 1
title: Change policy
type: procedure
owner:
  role: it-manager
versions:
  - version: 1
    valid_from: 2026-02-20
    content:
      path: documents/policy.md
      sha256: 3f79bb7b435b05321651daefd374cdc681dc06faa65e374e38337b88ca046dea
    approved:
      by:
        role: managing-director
      on: 2026-02-20
review_every: year
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._agreements import versions

CLAUSES = ("7.5.2",)


def applies(kind: Kind) -> bool:
    return kind.name == "document"


def check_record(record: Record) -> Iterator[Finding]:
    for version in versions(record):
        approved = version.part.part("approved")
        day = approved.day("on")
        if day is not None and version.first < day:
            yield approved.finding(
                "on",
                f"Version {version.number} of {record.id} was in force from {version.first} and approved on {day}.",
                "Correct the date, or let the version begin when it was approved.",
            )
