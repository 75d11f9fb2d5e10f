"""A known error does not say what helps meanwhile.

A known error is kept so that the next person who meets it need not find the way again. Without the way it is only a
complaint. Where nothing helps, that is what the next person must know.

## Wrong

```yaml records/problems/2026/PRB-20260112-r8tc.yaml
id: PRB-20260112-r8tc
schema_version: 1
title: Checkout waits while the stock export runs
source: trend
impact: high
urgency: medium
known_error:
  recorded_on: 2026-01-13
timeline:
  - {at: 2026-01-12T10:00:00+01:00, event: opened}
  - {at: 2026-01-13T15:30:00+01:00, event: known-error}
```

## Right

```yaml records/problems/2026/PRB-20260112-r8tc.yaml
id: PRB-20260112-r8tc
schema_version: 1
title: Checkout waits while the stock export runs
source: trend
impact: high
urgency: medium
known_error:
  recorded_on: 2026-01-13
  workaround: Stop the export; the stock list of the next morning is a day old.
timeline:
  - {at: 2026-01-12T10:00:00+01:00, event: opened}
  - {at: 2026-01-13T15:30:00+01:00, event: known-error}
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._states import last
from servicebook.rules._timeline import tells

CLAUSES = ("8.6.3",)


def applies(kind: Kind) -> bool:
    return tells(kind, "problem")


def check_record(record: Record) -> Iterator[Finding]:
    known = record.part.part("known_error")
    if known and "workaround" not in known:
        yield record.part.finding(
            "known_error",
            "The known error has no workaround.",
            "Add workaround: with what helps until the cause is gone, or with what was tried and did not.",
        )
    elif not known and last(record) == "known-error":
        yield record.part.finding(
            "timeline",
            "The problem is in the state known-error, and does not describe it.",
            "Add known_error: with recorded_on and workaround.",
        )
