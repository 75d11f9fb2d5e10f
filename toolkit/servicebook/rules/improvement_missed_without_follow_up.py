"""An improvement missed its target and was closed, and nothing follows from it.

Not everything that is tried works. Then it is said what comes next: another attempt, another target, or that things
stay as they are, and why. That stands in `follow_up`, or in an improvement that is linked with this one.

What counts is the last result of each measure.

## Wrong

```yaml records/improvements/2026/IMP-20260216-j4ne.yaml
id: IMP-20260216-j4ne
schema_version: 1
title: Customer care sees where a parcel is
source: {type: feedback}
owner: {role: shop-operations-lead}
evaluation:
  criteria: [Answers a complaint]
  decision: approved
  by: {role: it-manager}
  on: 2026-02-18
  reason: Every tenth call asks for a parcel.
targets:
  - {area: productivity, measure: Calls about parcels in a week, baseline: 60, goal: 20, unit: calls, due: 2026-04-30}
results:
  - {on: 2026-05-04, measure: Calls about parcels in a week, value: 41, met: false}
timeline:
  - {at: 2026-02-16T11:00:00+01:00, event: proposed}
  - {at: 2026-02-18T15:00:00+01:00, event: approved}
  - {at: 2026-03-20T10:00:00+01:00, event: done}
  - {at: 2026-05-11T10:00:00+02:00, event: closed}
```

## Right

```yaml records/improvements/2026/IMP-20260216-j4ne.yaml
id: IMP-20260216-j4ne
schema_version: 1
title: Customer care sees where a parcel is
source: {type: feedback}
owner: {role: shop-operations-lead}
evaluation:
  criteria: [Answers a complaint]
  decision: approved
  by: {role: it-manager}
  on: 2026-02-18
  reason: Every tenth call asks for a parcel.
targets:
  - {area: productivity, measure: Calls about parcels in a week, baseline: 60, goal: 20, unit: calls, due: 2026-04-30}
results:
  - {on: 2026-05-04, measure: Calls about parcels in a week, value: 41, met: false}
follow_up: People ring before they look; from June the mail of the order carries the tracking itself.
timeline:
  - {at: 2026-02-16T11:00:00+01:00, event: proposed}
  - {at: 2026-02-18T15:00:00+01:00, event: approved}
  - {at: 2026-03-20T10:00:00+01:00, event: done}
  - {at: 2026-05-11T10:00:00+02:00, event: closed}
```
"""

from collections.abc import Iterator
from datetime import date

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.part import Part
from servicebook.rules._states import entered, standing

CLAUSES = ("10.2",)
SEVERITY = {"starter": "warning", "standard": "error"}


def check_book(book: Book) -> Iterator[Finding]:
    for improvement in book.records("improvement"):
        now = standing(entered(improvement), book.as_of)
        if now is None or now[0] != "closed" or "follow_up" in improvement.part:
            continue
        if book.connected(improvement, "improvement"):
            continue
        for result in _last_results(improvement.part):
            if result.truth("met") is False:
                yield result.finding(
                    "met",
                    f"The target for {quote(result.text('measure') or '')} was missed, and nothing follows from it.",
                    "Add follow_up: with what is done now, or link the improvement that goes on from here.",
                )


def _last_results(improvement: Part) -> list[Part]:
    """The last result of each measure."""
    by_day = sorted(improvement.parts("results"), key=lambda result: result.day("on") or date.min)
    return list({result.text("measure"): result for result in by_day}.values())
