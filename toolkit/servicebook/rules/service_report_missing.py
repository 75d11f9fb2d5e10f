"""A report that was promised is missing.

A report definition says who is told what, and how often. Its readers notice a gap, but seldom say so; after two gaps
they decide without it.

Periods follow each other from the definition's first day. A report has 30 days after the end of its period, and belongs
to the period in which its own ends. Periods that ended more than a year ago, or after the definition was retired, are
left alone.

## Wrong

```yaml records/report-definitions/RPD-online-shop.yaml
id: RPD-online-shop
schema_version: 1
title: Online shop, by the quarter
purpose: To decide what must be better before the season.
audience: [retail-director]
frequency: quarter
owner: {role: shop-operations-lead}
data_sources: Incidents and outages of this book.
from: 2026-01-01
```

## Right

```yaml records/report-definitions/RPD-online-shop.yaml
id: RPD-online-shop
schema_version: 1
title: Online shop, by the quarter
purpose: To decide what must be better before the season.
audience: [retail-director]
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
```
"""

from collections.abc import Iterator
from datetime import date, timedelta

from servicebook.book import Book
from servicebook.cadence import after
from servicebook.finding import Finding
from servicebook.record import Record

CLAUSES = ("9.4",)
SEVERITY = {"starter": "warning", "full": "error"}

_DAY = timedelta(days=1)
_TIME_TO_WRITE = timedelta(days=30)
_LOOKED_BACK = timedelta(days=365)
_NAMED = 3


def check_book(book: Book) -> Iterator[Finding]:
    for definition in book.records("report-definition"):
        reported = _reported(book, definition)
        periods = _periods(book, definition)
        missing = [(first, last) for first, last in periods if not any(first <= day <= last for day in reported)]
        if missing:
            named = ", ".join(f"{first} to {last}" for first, last in missing[:_NAMED])
            more = f" and {len(missing) - _NAMED} more" if len(missing) > _NAMED else ""
            yield definition.part.finding(
                "frequency",
                f"There is no report on {named}{more}.",
                "Write it: servicebook new service-report; or set retired_on: if nobody needs it any longer.",
            )


def _periods(book: Book, definition: Record) -> Iterator[tuple[date, date]]:
    """First and last day of each period whose report should be there."""
    first, every = definition.part.day("from"), definition.part.text("frequency")
    end = definition.part.day("retired_on") or date.max
    while first is not None and (following := after(first, every)) != date.max:
        last = following - _DAY
        if last + _TIME_TO_WRITE >= book.today or last > end:
            return
        if last + _LOOKED_BACK >= book.today:
            yield first, last
        first = following


def _reported(book: Book, definition: Record) -> list[date]:
    """The last days of the periods that were reported."""
    reports = [report.part for report in book.connected(definition, "service-report") if report.valid]
    ends = [report.part("period").day("to") for report in reports if report.text("definition") == definition.id]
    return [day for day in ends if day is not None]
