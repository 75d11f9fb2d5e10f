"""A service report is a month old, and nobody decided anything from it.

A report is written to be decided from. That nothing needs to be done is a decision as well, and is written down as one
(`type: none-needed`). The auditor's question is: what did you decide from this report?

The decision stands in the report, or in a review that the report names or that names it.

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
decisions:
  - {id: D1, text: The second engineer stays on call., type: none-needed}
```
"""

from collections.abc import Iterator
from datetime import timedelta

from servicebook.book import Book
from servicebook.finding import Finding

CLAUSES = ("9.4",)
SEVERITY = {"starter": "warning", "full": "error"}

_TIME_TO_DECIDE = timedelta(days=30)


def check_book(book: Book) -> Iterator[Finding]:
    for report in book.records("service-report"):
        made = report.part.moment("as_of")
        if made is None or made >= book.as_of - _TIME_TO_DECIDE or report.part.parts("decisions"):
            continue
        reviews = book.connected(report, "review")
        if not any(review.valid and review.part.parts("decisions") for review in reviews):
            yield report.part.finding(
                "title",
                f"The report looks up to {report.part.text('as_of')}, and nothing was decided from it.",
                "Add decisions:, if only that none is needed and why, or link the review that decided.",
            )
