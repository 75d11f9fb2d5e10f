"""An agreement holds on days on which its calendar or its priority matrix does not.

On such a day there are no working hours to count and no priority to give: incidents of that day have no target, and
the figures leave them out. It happens at the turn of a year, when the holidays of the next one were not written out.

A version is checked from its first day to its last, but no further than 60 days from the day from which the book is
judged, because calendars are written year by year.

## Wrong

```yaml records/slas/SLA-online-shop.yaml
id: SLA-online-shop
schema_version: 2
title: Online shop
services: [SVC-online-shop]
customer: retail-director
versions:
  - version: 1
    valid_from: 2025-02-01
    calendar: CAL-office
    matrix: MTX-standard
    targets:
      - {measure: response, priority: P1, limit: 15m, time: elapsed}
```

```yaml records/calendars/CAL-office.yaml
id: CAL-office
schema_version: 1
title: Office hours
versions:
  - version: 1
    valid_from: 2025-01-01
    valid_to: 2025-12-31
    zone: Europe/Amsterdam
    weekly: [{days: [mon], hours: [{from: "09:00", to: "17:00"}]}]
```

## Right

```yaml records/slas/SLA-online-shop.yaml
id: SLA-online-shop
schema_version: 2
title: Online shop
services: [SVC-online-shop]
customer: retail-director
versions:
  - version: 1
    valid_from: 2025-02-01
    calendar: CAL-office
    matrix: MTX-standard
    targets:
      - {measure: response, priority: P1, limit: 15m, time: elapsed}
```

```yaml records/calendars/CAL-office.yaml
id: CAL-office
schema_version: 1
title: Office hours
versions:
  - version: 1
    valid_from: 2025-01-01
    valid_to: 2026-12-31
    zone: Europe/Amsterdam
    weekly: [{days: [mon], hours: [{from: "09:00", to: "17:00"}]}]
```
"""

from collections.abc import Iterator
from datetime import timedelta

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.part import Part
from servicebook.rules._agreements import Version, versions

CLAUSES = ("8.3.3", "8.3.4")

_AHEAD = timedelta(days=60)
_NAMED = {"calendar": "calendar", "matrix": "priority-matrix"}


def check_book(book: Book) -> Iterator[Finding]:
    known = {
        (field, record.id): found
        for field, kind in _NAMED.items()
        for record in book.records(kind)
        if (found := versions(record))
    }
    for kind in ("sla", "supporting-agreement"):
        for agreement in book.records(kind):
            for version in versions(agreement):
                for part in (version.part, *version.part.parts("availability")):
                    for field in _NAMED:
                        name = part.text(field)
                        if (field, name) in known:
                            yield from _uncovered(book, version, part, field, known[field, str(name)])


def _uncovered(book: Book, version: Version, part: Part, field: str, used: list[Version]) -> Iterator[Finding]:
    last = min(version.last, book.today + _AHEAD)
    begins, ends = min(other.first for other in used), max(other.last for other in used)
    name = quote(part.text(field))
    if version.first < begins:
        yield part.finding(
            field,
            f"Version {version.number} holds from {version.first}, and {name} begins on {begins}.",
            f"Let a version of {name} begin on {version.first} or before.",
        )
    if ends < last:
        yield part.finding(
            field,
            f"Version {version.number} holds beyond {ends}, the last day of {name}.",
            f"Add a version of {name} that goes on from there.",
        )
