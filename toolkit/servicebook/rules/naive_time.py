"""A time has no offset from UTC.

`2025-11-28T09:02:00` is another instant in Amsterdam than in Shanghai, and twice a year it is two
instants in one place. A duration computed from such times can be wrong by hours, and nobody can tell
from the record. Every time in the book says its offset: `+01:00`, or `Z` for UTC.

## Wrong

```yaml records/incidents/INC-20251128-k7q2.yaml
id: INC-20251128-k7q2
schema_version: 1
title: Payment page times out
impact: high
urgency: high
timeline:
  - at: 2025-11-28T09:02:00
    event: opened
```

## Right

```yaml records/incidents/INC-20251128-k7q2.yaml
id: INC-20251128-k7q2
schema_version: 1
title: Payment page times out
impact: high
urgency: high
timeline:
  - at: 2025-11-28T09:02:00+01:00
    event: opened
```
"""

import re
from collections.abc import Iterator
from typing import Any

from servicebook.finding import Finding, quote
from servicebook.record import Record

REGARDLESS = True
SUPPRESSIBLE = False

_NAIVE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?")


def is_naive(error: Any) -> bool:
    """Whether what the validator refuses is a time that lacks its offset. The rule schema leaves those to this one."""
    value, kind = error.instance, error.kind
    if not isinstance(value, str) or not _NAIVE.fullmatch(value):
        return False
    return (kind.name == "format" and kind.format == "date-time") or (
        kind.name == "pattern" and "T[0-2]" in kind.pattern
    )


def check_record(record: Record) -> Iterator[Finding]:
    if record.valid:
        return
    seen = set()
    for error in record.kind.validator.iter_errors(record.data):
        pointer = tuple(error.instance_path)
        if pointer not in seen and is_naive(error):  # it fails its format and its pattern
            seen.add(pointer)
            example = error.instance.replace(" ", "T")
            example += ":00" if example.count(":") == 1 else ""
            yield record.finding(
                pointer,
                f"The time {quote(error.instance)} has no offset from UTC.",
                f"Write for instance {example}+01:00, or {example}Z for UTC.",
            )
