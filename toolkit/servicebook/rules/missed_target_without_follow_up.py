"""A service report shows a target that was missed, and nothing follows from it.

A miss that is reported and left is reported again next time. Each figure that was missed names the improvement,
problem, change or review that came of it; or the report as a whole is linked with one, as where an improvement names
the report as its source.

## Wrong

```yaml records/service-reports/SRP-20260409-n2wy.yaml
id: SRP-20260409-n2wy
schema_version: 1
title: Online shop, first quarter
definition: RPD-online-shop
period: {from: 2026-01-01, to: 2026-03-31}
as_of: 2026-04-08T00:00:00+02:00
figures:
  - {measure: Incidents resolved in time, value: 86.4, unit: percent, n: 22, target: 90, met: false}
trends: Rising, but short of the target.
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
  - {measure: Incidents resolved in time, value: 86.4, unit: percent, n: 22, target: 90, met: false}
trends: Rising, but short of the target.
```

```yaml records/improvements/2026/IMP-20260413-k7ub.yaml
id: IMP-20260413-k7ub
schema_version: 1
title: Shop faults of the night are resolved by morning
source: {type: sla-miss, records: [SRP-20260409-n2wy]}
owner: {role: shop-operations-lead}
timeline:
  - {at: 2026-04-13T11:00:00+02:00, event: proposed}
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding, quote

CLAUSES = ("8.3.3", "9.4", "10.2")
SEVERITY = {"starter": "warning", "standard": "error"}


def check_book(book: Book) -> Iterator[Finding]:
    for report in book.records("service-report"):
        missed = [figure for figure in report.part.parts("figures") if figure.truth("met") is False]
        alone = [figure for figure in missed if "follow_up" not in figure]
        if alone and not book.connected(report, "improvement", "problem", "change", "review"):
            for figure in alone:
                yield figure.finding(
                    "met",
                    f"The target for {quote(figure.text('measure') or '')} was missed, and nothing follows from it.",
                    "Add follow_up: with the improvement, problem, change or review; servicebook new improvement.",
                )
