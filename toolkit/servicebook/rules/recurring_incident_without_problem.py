"""The same kind of incident came three times within 90 days, and no problem asks why.

Each incident was resolved; together they say that something is wrong. Looking for it is another work than putting it
right each time, and begins with a problem.

Three incidents of one service and one category count as the same kind. The rule looks back 90 days from the day from
which the book is judged; cancelled incidents and duplicates of others are left out. One of them that is connected to a
problem is enough. A book whose profile has no problems in view, and that has none, is left in peace.

## Wrong

```yaml records/incidents/2026/INC-20260505-a2bc.yaml
id: INC-20260505-a2bc
schema_version: 1
title: Payment page times out
service: SVC-online-shop
category: checkout
impact: high
urgency: high
timeline:
  - {at: 2026-05-05T10:00:00+02:00, event: opened}
```

```yaml records/incidents/2026/INC-20260519-d3ef.yaml
id: INC-20260519-d3ef
schema_version: 1
title: Payment page times out
service: SVC-online-shop
category: checkout
impact: high
urgency: high
timeline:
  - {at: 2026-05-19T11:00:00+02:00, event: opened}
```

```yaml records/incidents/2026/INC-20260602-g4hj.yaml
id: INC-20260602-g4hj
schema_version: 1
title: Payment page times out
service: SVC-online-shop
category: checkout
impact: high
urgency: high
timeline:
  - {at: 2026-06-02T09:00:00+02:00, event: opened}
```

```yaml records/problems/2026/PRB-20260410-n5wd.yaml
id: PRB-20260410-n5wd
schema_version: 1
title: The mail queue fills up on Mondays
source: trend
impact: low
urgency: low
timeline:
  - {at: 2026-04-10T10:00:00+02:00, event: opened}
```

## Right

```yaml records/incidents/2026/INC-20260505-a2bc.yaml
id: INC-20260505-a2bc
schema_version: 1
title: Payment page times out
service: SVC-online-shop
category: checkout
impact: high
urgency: high
timeline:
  - {at: 2026-05-05T10:00:00+02:00, event: opened}
```

```yaml records/incidents/2026/INC-20260519-d3ef.yaml
id: INC-20260519-d3ef
schema_version: 1
title: Payment page times out
service: SVC-online-shop
category: checkout
impact: high
urgency: high
timeline:
  - {at: 2026-05-19T11:00:00+02:00, event: opened}
```

```yaml records/incidents/2026/INC-20260602-g4hj.yaml
id: INC-20260602-g4hj
schema_version: 1
title: Payment page times out
service: SVC-online-shop
category: checkout
impact: high
urgency: high
timeline:
  - {at: 2026-06-02T09:00:00+02:00, event: opened}
```

```yaml records/problems/2026/PRB-20260603-r8tc.yaml
id: PRB-20260603-r8tc
schema_version: 1
title: Checkout waits while the stock export runs
source: trend
impact: high
urgency: medium
incidents: [INC-20260505-a2bc, INC-20260519-d3ef, INC-20260602-g4hj]
timeline:
  - {at: 2026-06-03T10:00:00+02:00, event: opened}
```
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._timeline import opened_at, tells

CLAUSES = ("8.6.3",)

_BACK = timedelta(days=90)
_OFTEN = 3


def applies(kind: Kind) -> bool:
    return tells(kind, "incident")


def note(record: Record) -> list[str] | None:
    """The service, the category and when it was opened, of an incident that was neither cancelled nor a duplicate."""
    service, category = record.part.text("service"), record.part.text("category")
    if service is None or category is None or record.part.part("resolution").text("code") == "duplicate":
        return None
    opened = opened_at(record)
    return [service, category.strip().casefold(), opened] if opened is not None else None


def check_book(book: Book) -> Iterator[Finding]:
    if not book.in_view("problem"):
        return
    alike: dict[tuple[str, str], list[tuple[datetime, str]]] = defaultdict(list)
    for name, (service, category, at) in book.notes("recurring-incident-without-problem").items():
        opened = datetime.fromisoformat(at)
        if book.as_of - _BACK < opened <= book.as_of:
            alike[service, category].append((opened, name))
    for (service, _), found in sorted(alike.items()):
        incidents = [book.by_id[name] for _, name in sorted(found)]
        if len(incidents) < _OFTEN or any(book.connected(incident, "problem") for incident in incidents):
            continue
        latest = incidents[-1].part
        yield latest.finding(
            "category",
            f"{quote(service)} had {len(incidents)} incidents of the category {quote(latest.text('category'))} within "
            f"{_BACK.days} days, and no problem names one of them.",
            f"Open a problem that lists {', '.join(quote(incident.id) for incident in incidents[-_OFTEN:])}.",
        )
