"""An improvement was decided on without an evaluation, or against it.

Which opportunities are taken up is decided by criteria that are the same for all, whoever asks. The evaluation names
them, the decision, who made it and why; and the timeline goes the way that it says.

## Wrong

```yaml records/improvements/2026/IMP-20260127-f9sx.yaml
id: IMP-20260127-f9sx
schema_version: 1
title: A second payment provider
source: {type: staff}
owner: {role: shop-engineer}
timeline:
  - {at: 2026-01-27T11:00:00+01:00, event: proposed}
  - {at: 2026-02-12T15:00:00+01:00, event: rejected}
```

## Right

```yaml records/improvements/2026/IMP-20260127-f9sx.yaml
id: IMP-20260127-f9sx
schema_version: 1
title: A second payment provider
source: {type: staff}
owner: {role: shop-engineer}
evaluation:
  criteria: [Serves an objective, Pays for itself within a year]
  decision: rejected
  by: {role: it-manager}
  on: 2026-02-12
  reason: The fees of a second contract are more than a day without payments costs.
timeline:
  - {at: 2026-01-27T11:00:00+01:00, event: proposed}
  - {at: 2026-02-12T15:00:00+01:00, event: rejected}
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding, quote
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._states import last

CLAUSES = ("10.2",)

_DECIDED = {
    "approved": "approved", "in-progress": "approved", "done": "approved", "closed": "approved",
    "deferred": "deferred", "rejected": "rejected",
}  # fmt: skip
"""Which decision each state rests on; a proposal, and one that was cancelled, rest on none."""


def applies(kind: Kind) -> bool:
    return kind.name == "improvement" and kind.lifecycle is not None


def check_record(record: Record) -> Iterator[Finding]:
    state = last(record) or ""
    wanted = _DECIDED.get(state)
    if wanted is None:
        return
    evaluation = record.part.part("evaluation")
    if not evaluation:
        yield record.part.finding(
            "evaluation",
            f"The improvement is {state}, and there is no evaluation of it.",
            "Add evaluation: with criteria, decision, by, on and reason.",
        )
    elif (decision := evaluation.text("decision")) is not None and decision != wanted:
        yield evaluation.finding(
            "decision",
            f"The decision is {quote(decision)}, but the improvement is {state}.",
            f"Write {wanted} with the reason, or correct the timeline.",
        )
