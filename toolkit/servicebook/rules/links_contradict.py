"""Two records say different things of one connection.

Some connections can be written at both ends: an incident names its problem, and the problem lists its incidents. It
is enough to write one of them. Where both are written and disagree, whoever starts from one end finds another story
than whoever starts from the other.

Compared are: `problem` of an incident and of a change with `incidents` and `changes` of the problem; `release` of a
change with `changes` of the release; `caused_by` of an incident with `incidents_caused` in the review of the change.

## Wrong

```yaml records/incidents/INC-20251128-k7q2.yaml
id: INC-20251128-k7q2
schema_version: 1
title: Payment page times out
impact: high
urgency: high
problem: PRB-20260301-x2ab
timeline:
  - {at: 2025-11-28T09:02:00+01:00, event: opened}
```

```yaml records/problems/PRB-20260112-r8tc.yaml
id: PRB-20260112-r8tc
schema_version: 1
title: Checkout waits while the stock export runs
source: trend
impact: high
urgency: medium
incidents: [INC-20251128-k7q2]
timeline:
  - {at: 2026-01-12T10:00:00+01:00, event: opened}
```

## Right

```yaml records/incidents/INC-20251128-k7q2.yaml
id: INC-20251128-k7q2
schema_version: 1
title: Payment page times out
impact: high
urgency: high
problem: PRB-20260112-r8tc
timeline:
  - {at: 2025-11-28T09:02:00+01:00, event: opened}
```

```yaml records/problems/PRB-20260112-r8tc.yaml
id: PRB-20260112-r8tc
schema_version: 1
title: Checkout waits while the stock export runs
source: trend
impact: high
urgency: medium
incidents: [INC-20251128-k7q2]
timeline:
  - {at: 2026-01-12T10:00:00+01:00, event: opened}
```
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.source import Pointer

CLAUSES = ("8.5.1", "8.5.3", "8.6.1", "8.6.3")


class _Pair(NamedTuple):
    """Records of the kind `many` list others at the path `listed`, each of which names one back in its field `one`."""

    many: str
    listed: Pointer
    kind: str
    one: str


_PAIRS: Final = (
    _Pair("problem", ("incidents",), "incident", "problem"),
    _Pair("problem", ("changes",), "change", "problem"),
    _Pair("release", ("changes",), "change", "release"),
    _Pair("change", ("review", "incidents_caused"), "incident", "caused_by"),
)


def check_book(book: Book) -> Iterator[Finding]:
    for pair in _PAIRS:
        for record in book.records(pair.many):
            for link in record.links:
                other = book.by_id.get(link.target)
                if link.pointer[:-1] != pair.listed or other is None or other.kind.name != pair.kind:
                    continue
                named = next((back.target for back in other.links if back.pointer == (pair.one,)), record.id)
                if named != record.id:
                    yield record.finding(
                        link.pointer,
                        f"{quote(record.id)} lists {quote(other.id)}, whose {pair.one} is {quote(named)}.",
                        "Correct the one that is wrong; where both are true, use links: for the second.",
                    )
