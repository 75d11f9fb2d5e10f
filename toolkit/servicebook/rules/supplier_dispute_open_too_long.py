"""A dispute with a supplier has been open for more than 90 days.

Disputes are followed to their end, or they come back with the next invoice. Ninety days are more than one round of
letters; what is older waits for nobody in particular.

## Wrong

```yaml records/suppliers/SUP-payment-provider.yaml
id: SUP-payment-provider
schema_version: 1
title: Payment provider
type: external
owner: {role: it-manager}
supplies: The payment page.
disputes:
  - id: X1
    raised_on: 2025-12-03
    about: Invoice above the contract.
```

## Right

```yaml records/suppliers/SUP-payment-provider.yaml
id: SUP-payment-provider
schema_version: 1
title: Payment provider
type: external
owner: {role: it-manager}
supplies: The payment page.
disputes:
  - id: X1
    raised_on: 2025-12-03
    about: Invoice above the contract.
    closed_on: 2026-01-14
    outcome: The invoice was withdrawn.
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding, quote

CLAUSES = ("8.3.4",)
SEVERITY = "warning"

_LONGEST = 90  # days


def check_book(book: Book) -> Iterator[Finding]:
    for supplier in book.records("supplier"):
        for dispute in supplier.part.parts("disputes"):
            raised, closed = dispute.day("raised_on"), dispute.day("closed_on")
            open_still = closed is None or closed > book.today
            if raised is not None and open_still and (book.today - raised).days > _LONGEST:
                yield dispute.finding(
                    "raised_on",
                    f"Dispute {quote(dispute.text('id'))} with {quote(supplier.id)} has been open since {raised}.",
                    "Add closed_on: and outcome:, or say in about: what it waits for and silence this with a reason.",
                )
