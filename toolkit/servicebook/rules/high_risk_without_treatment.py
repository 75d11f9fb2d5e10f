"""A high risk has no treatment.

To know of a high risk and to do nothing is worse than not to know. What is to be done stands in a plan, or in an
improvement or a change that the risk names; who would rather live with it signs for that.

A risk is high when its impact is high and it is at least of medium likelihood, or the other way round. Risks that are
closed, and opportunities, are left alone.

## Wrong

```yaml records/risks/RSK-payment-provider-fails.yaml
id: RSK-payment-provider-fails
schema_version: 1
title: The payment provider fails in the peak season
area: supplier
statement: The one payment provider is away for hours before 5 December, and orders cannot be paid.
owner: {role: shop-operations-lead}
likelihood: medium
impact: high
treatment: reduce
identified_on: 2025-12-04
reviewed_on: 2026-02-12
review_every: half-year
```

## Right

```yaml records/risks/RSK-payment-provider-fails.yaml
id: RSK-payment-provider-fails
schema_version: 1
title: The payment provider fails in the peak season
area: supplier
statement: The one payment provider is away for hours before 5 December, and orders cannot be paid.
owner: {role: shop-operations-lead}
likelihood: medium
impact: high
treatment: reduce
plan: Keep a second provider under contract, and switch to it once a quarter for an hour.
identified_on: 2025-12-04
reviewed_on: 2026-02-12
review_every: half-year
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding
from servicebook.rules._risks import is_high

CLAUSES = ("6.1",)


def check_book(book: Book) -> Iterator[Finding]:
    for record in book.records("risk"):
        risk = record.part
        if not is_high(risk) or risk.text("area") == "opportunity" or "closed_on" in risk:
            continue
        if risk.text("treatment") == "accept":
            if not risk.part("accepted"):
                yield risk.finding(
                    "treatment",
                    "This high risk is to be accepted, and nobody has signed for it.",
                    "Add accepted: with who agreed and when, or treat the risk.",
                )
        elif "plan" not in risk and not book.connected(record, "improvement", "change"):
            yield risk.finding(
                "treatment",
                "This high risk has neither a plan nor an improvement or change that treats it.",
                "Add plan:, or name the improvement or change.",
            )
