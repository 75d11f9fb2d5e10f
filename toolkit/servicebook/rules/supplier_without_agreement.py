"""A supplier supports a service, and no agreement with it is in force.

A supplier with whom nothing was agreed does what it thinks right, for as long as it likes. When it fails, there is
neither a target that it missed nor anyone who has to answer.

The rule looks at suppliers that name a service which is live, until `ended_on`. What has expired is told by
`agreement-expired`, which this rule does not repeat.

## Wrong

```yaml records/services/SVC-online-shop.yaml
id: SVC-online-shop
schema_version: 1
title: Online shop
owner: shop-operations-lead
criticality: vital
live_from: 2021-05-01
```

```yaml records/suppliers/SUP-payment-provider.yaml
id: SUP-payment-provider
schema_version: 1
title: Payment provider
type: external
owner: {role: it-manager}
services: [SVC-online-shop]
supplies: The payment page.
```

## Right

```yaml records/services/SVC-online-shop.yaml
id: SVC-online-shop
schema_version: 1
title: Online shop
owner: shop-operations-lead
criticality: vital
live_from: 2021-05-01
```

```yaml records/suppliers/SUP-payment-provider.yaml
id: SUP-payment-provider
schema_version: 1
title: Payment provider
type: external
owner: {role: it-manager}
services: [SVC-online-shop]
supplies: The payment page.
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
    valid_from: 2025-02-01
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.rules._agreements import in_force, is_live
from servicebook.rules._ends import needed

CLAUSES = ("8.3.4",)
SEVERITY = {"starter": "warning", "standard": "error"}


def check_book(book: Book) -> Iterator[Finding]:
    live = {service.id for service in book.records("service") if is_live(service, book.today)}
    agreed = {
        agreement.part.text("supplier")
        for agreement in book.records("supporting-agreement")
        if in_force(agreement, book.today)
    } | {agreement.part.text("supplier") for agreement, _, _ in needed(book, book.today)}
    for supplier in book.records("supplier"):
        ended = supplier.part.day("ended_on")
        served = [name for name in supplier.part.texts("services") if name in live]
        if served and supplier.id not in agreed and (ended is None or ended > book.today):
            yield supplier.part.finding(
                "services",
                f"{quote(supplier.id)} supports {quote(served[0])}, and no agreement with it is in force.",
                "Add a supporting agreement, or say ended_on: if we no longer depend on it.",
            )
