"""A service report has not reached those it was promised to.

A report that lies in a folder has been written, not made. Its definition says who reads it; the report says who was
told and when.

It has 30 days after the instant up to which it looks.

## Wrong

```yaml records/report-definitions/RPD-online-shop.yaml
id: RPD-online-shop
schema_version: 1
title: Online shop, by the quarter
purpose: To decide what must be better before the season.
audience: [it-manager, retail-director]
frequency: quarter
owner: {role: shop-operations-lead}
data_sources: Incidents and outages of this book.
from: 2026-01-01
```

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
communicated: {to: [it-manager], on: 2026-04-10}
```

## Right

```yaml records/report-definitions/RPD-online-shop.yaml
id: RPD-online-shop
schema_version: 1
title: Online shop, by the quarter
purpose: To decide what must be better before the season.
audience: [it-manager, retail-director]
frequency: quarter
owner: {role: shop-operations-lead}
data_sources: Incidents and outages of this book.
from: 2026-01-01
```

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
communicated: {to: [it-manager, retail-director], on: 2026-04-10}
```
"""

from collections.abc import Iterator
from datetime import timedelta

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.part import Part

CLAUSES = ("9.4",)
SEVERITY = {"starter": "warning", "full": "error"}

_TIME_TO_SEND = timedelta(days=30)


def check_book(book: Book) -> Iterator[Finding]:
    for report in (record.part for record in book.records("service-report")):
        made = report.moment("as_of")
        if made is None or made >= book.as_of - _TIME_TO_SEND:
            continue
        told = report.part("communicated")
        untold = sorted(_audience(book, report) - set(told.texts("to")))
        if "communicated" not in report:
            yield report.finding(
                "as_of",
                f"The report looks up to {report.text('as_of')}, and was communicated to nobody.",
                "Add communicated: with to: and on:.",
            )
        elif untold:
            yield told.finding(
                "to",
                f"The report did not go to {', '.join(map(quote, untold))}, to whom its definition promises it.",
                "Send it and add the role, or correct the audience of the definition.",
            )


def _audience(book: Book, report: Part) -> set[str]:
    definition = book.by_id.get(report.text("definition") or "")
    return set(definition.part.texts("audience")) if definition is not None and definition.valid else set()
