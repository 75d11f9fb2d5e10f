"""A service report shows a target that was missed, and nothing follows from it.

A miss that is reported and left is reported again next time. Each figure that was missed names in `follow_up` the
improvement, problem, change or review that came of it. For the report as a whole it is enough that one of its decisions
has actions, or that an improvement, problem or change names the report as its source: under `source:`, or by a link
`caused-by` or `follows`.

What was rejected or cancelled is no follow-up, nor is what was there before the period of the report began, unless the
figure itself names it.

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
from datetime import date

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.kinds import Kind
from servicebook.part import Part
from servicebook.record import Record
from servicebook.rules._follow_up import comes_of, is_work, stands, taken_up

CLAUSES = ("8.3.3", "9.4", "10.2")
SEVERITY = {"starter": "warning", "standard": "error"}


def applies(kind: Kind) -> bool:
    return is_work(kind)


def note(record: Record) -> str | None:
    """When work was taken up that may follow from a miss."""
    return taken_up(record)


def check_book(book: Book) -> Iterator[Finding]:
    kept = book.notes("missed-target-without-follow-up")
    for report in book.records("service-report"):
        missed = [figure for figure in report.part.parts("figures") if figure.truth("met") is False]
        alone = [figure for figure in missed if not _followed(book, figure)]
        since = report.part.part("period").day("from") or date.min
        if not alone or _decided(report.part) or comes_of(book, kept, report, since):
            continue
        for figure in alone:
            yield figure.finding(
                "met",
                f"The target for {quote(figure.text('measure') or '')} was missed, and nothing follows from it.",
                "Add follow_up: with the improvement, problem, change or review; servicebook new improvement.",
            )


def _followed(book: Book, figure: Part) -> bool:
    """Whether a figure names what followed, and that was not given up."""
    named = book.by_id.get(figure.text("follow_up") or "")
    if named is None or not named.valid or not is_work(named.kind):
        return "follow_up" in figure
    return stands(book, book.notes("missed-target-without-follow-up"), named, date.min)


def _decided(report: Part) -> bool:
    return any(decision.texts("actions") for decision in report.parts("decisions"))
