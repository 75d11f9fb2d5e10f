"""A risk is accepted by the one who owns it.

Whoever owns a risk is busy with it and wants it settled. Whether the organisation lives with what is left of it is for
somebody else to say, as a rule higher up.

Two doers count as one where they are the same person, or have the same role and one of them names no person.

## Wrong

```yaml records/risks/RSK-old-till-software.yaml
id: RSK-old-till-software
schema_version: 1
title: The till software is no longer supported
area: service
statement: A fault in the tills of Harbour Lane is no longer mended by their maker.
owner: {role: infrastructure-engineer}
likelihood: medium
impact: low
treatment: accept
accepted: {by: {role: infrastructure-engineer}, on: 2026-02-12}
identified_on: 2026-02-12
reviewed_on: 2026-02-12
review_every: year
```

## Right

```yaml records/risks/RSK-old-till-software.yaml
id: RSK-old-till-software
schema_version: 1
title: The till software is no longer supported
area: service
statement: A fault in the tills of Harbour Lane is no longer mended by their maker.
owner: {role: infrastructure-engineer}
likelihood: medium
impact: low
treatment: accept
accepted: {by: {role: retail-director}, on: 2026-02-12}
identified_on: 2026-02-12
reviewed_on: 2026-02-12
review_every: year
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding, quote
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._people import same

CLAUSES = ("6.1",)
SEVERITY = {"starter": "warning", "full": "error"}


def applies(kind: Kind) -> bool:
    return kind.name == "risk"


def check_record(record: Record) -> Iterator[Finding]:
    accepted = record.part.part("accepted")
    if same(record.part.part("owner"), accepted.part("by")):
        yield accepted.finding(
            "by",
            f"The risk is accepted by its owner, {quote(accepted.part('by').text('role') or '')}.",
            "Have somebody else accept it; where two persons share the role, name both with person:.",
        )
