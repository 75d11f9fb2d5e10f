"""A risk assessment is due again and was not repeated.

Every assessment says when it is due again. What was looked at once is not known for ever: services, suppliers and
attackers change, and controls are judged anew with them.

An assessment is repeated by a later one of the same type, for at least one of its services. One whose services are all
retired is left alone.

## Wrong

```yaml records/risk-assessments/RAS-20250422-h3vn.yaml
id: RAS-20250422-h3vn
schema_version: 1
title: Information security of the online shop
type: security
scope: The shop and the data of customers who order there.
services: [SVC-online-shop]
method: Likelihood and impact in three levels.
held_on: 2025-04-22
by: {role: infrastructure-engineer}
risks: []
conclusion: No high risk is left.
next_due: 2026-04-22
```

## Right

```yaml records/risk-assessments/RAS-20250422-h3vn.yaml
id: RAS-20250422-h3vn
schema_version: 1
title: Information security of the online shop
type: security
scope: The shop and the data of customers who order there.
services: [SVC-online-shop]
method: Likelihood and impact in three levels.
held_on: 2025-04-22
by: {role: infrastructure-engineer}
risks: []
conclusion: No high risk is left.
next_due: 2026-04-22
```

```yaml records/risk-assessments/RAS-20260415-c8wu.yaml
id: RAS-20260415-c8wu
schema_version: 1
title: Information security of the online shop
type: security
scope: The shop and the data of customers who order there.
services: [SVC-online-shop]
method: Likelihood and impact in three levels.
held_on: 2026-04-15
by: {role: infrastructure-engineer}
risks: []
conclusion: No high risk is left.
next_due: 2027-04-15
```
"""

from collections.abc import Iterator
from datetime import date

from servicebook.book import Book
from servicebook.finding import Finding
from servicebook.part import Part
from servicebook.rules._services import in_use

CLAUSES = ("6.1", "8.7.1", "8.7.2", "8.7.3")
SEVERITY = {"starter": "warning", "full": "error"}


def check_book(book: Book) -> Iterator[Finding]:
    assessments = [record.part for record in book.records("risk-assessment")]
    for assessment in assessments:
        due = assessment.day("next_due")
        if due is None or due >= book.today or not in_use(book, assessment):
            continue
        if not any(_repeats(later, assessment) for later in assessments):
            yield assessment.finding(
                "next_due",
                f"The assessment was due again on {due}.",
                "Hold it and record it: servicebook new risk-assessment.",
            )


def _repeats(later: Part, earlier: Part) -> bool:
    """Whether an assessment looks again, on a later day, at what another did. Without services it looks at all."""
    if later.text("type") != earlier.text("type"):
        return False
    if (later.day("held_on") or date.min) <= (earlier.day("held_on") or date.min):
        return False
    looked, before = set(later.texts("services")), set(earlier.texts("services"))
    return not looked or bool(looked & before)
