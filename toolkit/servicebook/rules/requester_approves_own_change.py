"""A change was approved by nobody but the one who asked for it.

Two pairs of eyes are the point of an approval. Whoever wants a change has already been convinced by it.

Where both name a person, the persons are compared; where one does not, the roles, because nobody can tell from the
record that they were two. An approval by somebody else as well makes it good.

## Wrong

```yaml records/changes/2026/CHG-20260202-w5kd.yaml
id: CHG-20260202-w5kd
schema_version: 1
title: Export stock from a copy
category: normal
type: component
reason: The checkout waits for the export.
requester: {role: it-manager, person: P-7k2m}
approvals:
  - decision: approved
    by: {role: it-manager, person: P-7k2m}
    at: 2026-02-05T14:00:00+01:00
timeline:
  - {at: 2026-02-02T09:30:00+01:00, event: requested}
```

## Right

```yaml records/changes/2026/CHG-20260202-w5kd.yaml
id: CHG-20260202-w5kd
schema_version: 1
title: Export stock from a copy
category: normal
type: component
reason: The checkout waits for the export.
requester: {role: it-manager, person: P-3f8q}
approvals:
  - decision: approved
    by: {role: it-manager, person: P-7k2m}
    at: 2026-02-05T14:00:00+01:00
timeline:
  - {at: 2026-02-02T09:30:00+01:00, event: requested}
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._changes import approvals
from servicebook.rules._people import same

CLAUSES = ("8.5.1",)


def applies(kind: Kind) -> bool:
    return kind.name == "change"


def check_record(record: Record) -> Iterator[Finding]:
    requester = record.part.part("requester")
    given = [decision for _, decision in approvals(record)]
    if given and all(same(decision.part("by"), requester) for decision in given):
        yield given[0].finding(
            "by",
            "The change was approved only by the one who asked for it.",
            "Have somebody else decide; if they were two of one role, name both persons.",
        )
