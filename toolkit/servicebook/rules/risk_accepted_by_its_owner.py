"""A high risk is accepted by the one who owns it.

As a rule the owner of a risk says that the organisation lives with what is left of it. Where that is still high, it is
better said by somebody else as well placed, or higher up: whoever owns a risk is busy with it and wants it settled.

What is left is `residual:`, or the risk as it is where the record has none. Lower risks are left to their owners.

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
impact: high
residual: high
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
impact: high
residual: high
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
from servicebook.rules._risks import stays_high

CLAUSES = ("6.1",)
SEVERITY = "warning"


def applies(kind: Kind) -> bool:
    return kind.name == "risk"


def check_record(record: Record) -> Iterator[Finding]:
    accepted = record.part.part("accepted")
    by = accepted.part("by")
    if stays_high(record.part) and same(record.part.part("owner"), by):
        yield accepted.finding(
            "by",
            f"What is left of the risk is high, and its owner accepts it, {quote(by.text('role') or '')}.",
            "Have somebody else accept it; where two persons share the role, name both with person:.",
        )
