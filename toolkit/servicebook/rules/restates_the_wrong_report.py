"""A report restates one that it cannot correct.

Figures that turn out wrong are not changed in the report that was sent; a new one restates it, and says so. It is of
the same definition and period, and looks from a later instant. Otherwise a reader who follows the trail from the old
figures to the new ones is led astray, or round in a circle.

## Wrong

```yaml records/service-reports/SRP-20260409-n2wy.yaml
id: SRP-20260409-n2wy
schema_version: 1
title: Online shop, first quarter
definition: RPD-online-shop
period: {from: 2026-01-01, to: 2026-03-31}
as_of: 2026-04-08T00:00:00+02:00
figures:
  - {measure: Incidents resolved in time, value: 91.2, unit: percent, n: 22}
trends: Rising for the third quarter.
```

```yaml records/service-reports/SRP-20260504-b3ma.yaml
id: SRP-20260504-b3ma
schema_version: 1
title: Online shop, first quarter, corrected
definition: RPD-online-shop
period: {from: 2026-02-01, to: 2026-04-30}
as_of: 2026-05-04T00:00:00+02:00
figures:
  - {measure: Incidents resolved in time, value: 88.9, unit: percent, n: 18}
trends: Rising for the third quarter.
restates: SRP-20260409-n2wy
```

## Right

```yaml records/service-reports/SRP-20260409-n2wy.yaml
id: SRP-20260409-n2wy
schema_version: 1
title: Online shop, first quarter
definition: RPD-online-shop
period: {from: 2026-01-01, to: 2026-03-31}
as_of: 2026-04-08T00:00:00+02:00
figures:
  - {measure: Incidents resolved in time, value: 91.2, unit: percent, n: 22}
trends: Rising for the third quarter.
```

```yaml records/service-reports/SRP-20260504-b3ma.yaml
id: SRP-20260504-b3ma
schema_version: 1
title: Online shop, first quarter, corrected
definition: RPD-online-shop
period: {from: 2026-01-01, to: 2026-03-31}
as_of: 2026-05-04T00:00:00+02:00
figures:
  - {measure: Incidents resolved in time, value: 86.4, unit: percent, n: 22}
trends: Rising for the third quarter.
restates: SRP-20260409-n2wy
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.part import Part

CLAUSES = ("9.4",)


def check_book(book: Book) -> Iterator[Finding]:
    for report in (record.part for record in book.records("service-report")):
        earlier = book.by_id.get(report.text("restates") or "")
        if earlier is None or not earlier.valid:
            continue
        amiss = _amiss(report, earlier.part)
        if amiss is not None:
            yield report.finding(
                "restates",
                f"This report cannot restate {quote(earlier.id)}, which {amiss}.",
                "Name the report whose figures this one corrects, or take restates: out.",
            )


def _amiss(report: Part, earlier: Part) -> str | None:
    """Why the one cannot correct the other's figures; None where it can."""
    if report.text("definition") != earlier.text("definition"):
        return "has another definition"
    if any(report.part("period").day(end) != earlier.part("period").day(end) for end in ("from", "to")):
        return "is on another period"
    made, before = report.moment("as_of"), earlier.moment("as_of")
    if made is not None and before is not None and made <= before:
        return "does not look from an earlier instant"
    return None
