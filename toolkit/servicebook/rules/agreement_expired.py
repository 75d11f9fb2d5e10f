"""A supporting agreement has ended, and the SLA that it supports goes on.

From that day nobody outside owes us anything, while we go on owing it to the customer. Usually both sides carry on
as if it still held, until the first dispute.

It is no finding when another agreement with the same supplier supports the SLA, or when the supplier's record says
`ended_on`. The end that still lies ahead is told by `agreement-ends-soon`.

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

```yaml records/supporting-agreements/SUA-payment-provider.yaml
id: SUA-payment-provider
schema_version: 1
title: Contract with the payment provider
type: contract
supplier: SUP-payment-provider
supports: [SLA-online-shop]
owner: {role: it-manager}
versions:
  - version: 1
    valid_from: 2024-02-01
    valid_to: 2026-01-31
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

```yaml records/supporting-agreements/SUA-payment-provider.yaml
id: SUA-payment-provider
schema_version: 1
title: Contract with the payment provider
type: contract
supplier: SUP-payment-provider
supports: [SLA-online-shop]
owner: {role: it-manager}
versions:
  - version: 1
    valid_from: 2024-02-01
    valid_to: 2026-01-31
  - version: 2
    valid_from: 2026-02-01
    valid_to: 2028-01-31
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.rules._ends import needed

CLAUSES = ("8.3.4",)


def check_book(book: Book) -> Iterator[Finding]:
    for agreement, last, sla in needed(book, book.today):
        if last.last < book.today:
            yield last.part.finding(
                "valid_to",
                f"{quote(agreement.id)} ended on {last.last}, and {quote(sla.id)}, which it supports, goes on.",
                "Add a version that goes on, or say ended_on: in the supplier's record.",
            )
