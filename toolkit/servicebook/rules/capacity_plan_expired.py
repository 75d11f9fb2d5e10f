"""A capacity plan has come to its end, and no other takes over.

The forecast of a period that is over says nothing about the next. Each service that has a capacity plan goes on having
one as long as it is used.

A month after the end of the last plan of a service the rule speaks up; services that are retired need none.

## Wrong

```yaml records/capacity-plans/CAP-online-shop-2025.yaml
id: CAP-online-shop-2025
schema_version: 1
title: Online shop, 2025
services: [SVC-online-shop]
owner: {role: infrastructure-engineer}
period: {from: 2025-01-01, to: 2025-12-31}
requirements:
  - {resource: Storage of product pictures, unit: GB, current: 240, forecast: 310, limit: 600}
thresholds: A warning at 70 percent of a limit goes to the engineer on call.
reviewed_on: 2025-04-07
```

## Right

```yaml records/capacity-plans/CAP-online-shop-2025.yaml
id: CAP-online-shop-2025
schema_version: 1
title: Online shop, 2025
services: [SVC-online-shop]
owner: {role: infrastructure-engineer}
period: {from: 2025-01-01, to: 2025-12-31}
requirements:
  - {resource: Storage of product pictures, unit: GB, current: 240, forecast: 310, limit: 600}
thresholds: A warning at 70 percent of a limit goes to the engineer on call.
reviewed_on: 2025-04-07
```

```yaml records/capacity-plans/CAP-online-shop-2026.yaml
id: CAP-online-shop-2026
schema_version: 1
title: Online shop, 2026
services: [SVC-online-shop]
owner: {role: infrastructure-engineer}
period: {from: 2026-01-01, to: 2026-12-31}
requirements:
  - {resource: Storage of product pictures, unit: GB, current: 310, forecast: 380, limit: 600}
thresholds: A warning at 70 percent of a limit goes to the engineer on call.
reviewed_on: 2026-04-07
```
"""

from collections.abc import Iterator
from datetime import date, timedelta

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.part import Part

CLAUSES = ("8.4.3",)
SEVERITY = {"starter": "warning", "full": "error"}

_TIME_TO_RENEW = timedelta(days=30)


def check_book(book: Book) -> Iterator[Finding]:
    for name, period in sorted(_last_periods(book).items()):
        service = book.by_id.get(name)
        retired = service.part.day("retired_on") if service is not None and service.valid else None
        end = _end(period)
        if end < book.today - _TIME_TO_RENEW and (retired is None or retired > book.today):
            yield period.finding(
                "to",
                f"The last capacity plan of {quote(name)} ended on {end}.",
                "Write the next: servicebook new capacity-plan.",
            )


def _last_periods(book: Book) -> dict[str, Part]:
    """By the id of a service, the period of its capacity plan that ends last."""
    found: dict[str, Part] = {}
    for plan in book.records("capacity-plan"):
        period = plan.part.part("period")
        for service in plan.part.texts("services"):
            if service not in found or _end(period) > _end(found[service]):
                found[service] = period
    return found


def _end(period: Part) -> date:
    return period.day("to") or date.max
