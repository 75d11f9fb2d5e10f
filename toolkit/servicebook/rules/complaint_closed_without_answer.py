"""A complaint is answered or closed, and the answer is not there.

A complaint is settled when whoever made it has heard what came of it. What they were told is kept with the complaint,
so that an auditor can read it, and the next who asks is told the same.

## Wrong

```yaml records/feedback/2026/FBK-20260210-c5tj.yaml
id: FBK-20260210-c5tj
schema_version: 1
title: Two weeks without an answer about a missing parcel
type: complaint
voice: {words: I rang three times and nobody knows where my game is., language: en}
timeline:
  - {at: 2026-02-10T10:15:00+01:00, event: received}
  - {at: 2026-02-17T09:00:00+01:00, event: closed}
```

## Right

```yaml records/feedback/2026/FBK-20260210-c5tj.yaml
id: FBK-20260210-c5tj
schema_version: 1
title: Two weeks without an answer about a missing parcel
type: complaint
voice: {words: I rang three times and nobody knows where my game is., language: en}
answer: The parcel was found at the sorting centre and is on its way.
timeline:
  - {at: 2026-02-10T10:15:00+01:00, event: received}
  - {at: 2026-02-12T16:30:00+01:00, event: answered}
  - {at: 2026-02-17T09:00:00+01:00, event: closed}
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._states import last

CLAUSES = ("8.3.2",)


def applies(kind: Kind) -> bool:
    return kind.name == "feedback" and kind.lifecycle is not None


def check_record(record: Record) -> Iterator[Finding]:
    feedback = record.part
    if feedback.text("type") == "complaint" and "answer" not in feedback and last(record) in ("answered", "closed"):
        lifecycle = record.kind.lifecycle
        assert lifecycle is not None
        yield feedback.finding(
            lifecycle.timeline,
            f"The complaint is {last(record)}, and has no answer.",
            "Add answer: with what was told to whoever complained.",
        )
