"""An improvement was decided on by the one who owns it.

The owner carries an improvement and wants it. Whether it is worth what it costs, beside everything else that could be
done, is weighed by somebody who does not.

Two doers count as one where they are the same person, or have the same role and one of them names no person.

## Wrong

```yaml records/improvements/2026/IMP-20260127-f9sx.yaml
id: IMP-20260127-f9sx
schema_version: 1
title: A second payment provider
source: {type: staff}
owner: {role: shop-engineer}
evaluation:
  criteria: [Serves an objective]
  decision: deferred
  by: {role: shop-engineer}
  on: 2026-02-12
  reason: Looked at again once the contract with the first provider ends.
timeline:
  - {at: 2026-01-27T11:00:00+01:00, event: proposed}
  - {at: 2026-02-12T15:00:00+01:00, event: deferred}
```

## Right

```yaml records/improvements/2026/IMP-20260127-f9sx.yaml
id: IMP-20260127-f9sx
schema_version: 1
title: A second payment provider
source: {type: staff}
owner: {role: shop-engineer}
evaluation:
  criteria: [Serves an objective]
  decision: deferred
  by: {role: it-manager}
  on: 2026-02-12
  reason: Looked at again once the contract with the first provider ends.
timeline:
  - {at: 2026-01-27T11:00:00+01:00, event: proposed}
  - {at: 2026-02-12T15:00:00+01:00, event: deferred}
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding, quote
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._people import same

CLAUSES = ("10.2",)
SEVERITY = {"starter": "warning", "full": "error"}


def applies(kind: Kind) -> bool:
    return kind.name == "improvement"


def check_record(record: Record) -> Iterator[Finding]:
    evaluation = record.part.part("evaluation")
    decider = evaluation.part("by")
    if same(record.part.part("owner"), decider):
        yield evaluation.finding(
            "by",
            f"The improvement was decided on by its owner, {quote(decider.text('role') or '')}.",
            "Have somebody else decide; where two persons share the role, name both with person:.",
        )
