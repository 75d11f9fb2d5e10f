"""A service was not reviewed with its customer within the agreed time.

An SLA says in its version in force how often it is reviewed, a customer's record how often the services are reviewed
with that customer. Only there does it show whether what was agreed is still what is needed. A review counts for an
SLA where it names it, one of its services or one of its customers, and for a customer where it names the customer or
one of its services. Time runs from the last such review; before the first, from the day on which the SLA came into
force, or the management system began (`since` under `[scope]` in `servicebook.toml`), whichever is later.

## Wrong

```yaml records/customers/CUS-retail.yaml
id: CUS-retail
schema_version: 1
title: Retail
type: internal
relationship_owner: {role: it-manager}
contact: A meeting on the first Monday of the month.
review_every: half-year
```

```yaml records/reviews/REV-20251201-m4tz.yaml
id: REV-20251201-m4tz
schema_version: 2
title: Service review with retail
type: service-review
held_on: 2025-12-01
customer: CUS-retail
chair: it-manager
attendees:
  - role: it-manager
  - role: retail-director
```

## Right

```yaml records/customers/CUS-retail.yaml
id: CUS-retail
schema_version: 1
title: Retail
type: internal
relationship_owner: {role: it-manager}
contact: A meeting on the first Monday of the month.
review_every: half-year
```

```yaml records/reviews/REV-20251201-m4tz.yaml
id: REV-20251201-m4tz
schema_version: 2
title: Service review with retail
type: service-review
held_on: 2026-02-02
customer: CUS-retail
chair: it-manager
attendees:
  - role: it-manager
  - role: retail-director
```
"""

from collections.abc import Collection, Iterator
from datetime import date

from servicebook.book import Book
from servicebook.cadence import after
from servicebook.finding import Finding
from servicebook.part import Part
from servicebook.record import Record
from servicebook.rules._agreements import in_force, versions
from servicebook.rules._reviews import held

CLAUSES = ("8.3.2", "8.3.3")
SEVERITY = {"starter": "warning", "standard": "error"}

Reviews = list[tuple[date, Record]]


def check_book(book: Book) -> Iterator[Finding]:
    reviews = held(book, "service-review")
    since = book.config.since
    for sla in book.records("sla"):
        version = in_force(sla, book.today)
        if version is not None:
            about = {sla.id, *sla.part.texts("services"), *sla.part.texts("customers")}
            begun = versions(sla)[0].first
            yield from _overdue(book, version.part, reviews, about, max(begun, since or begun))
    for customer in book.records("customer"):
        about = {customer.id, *customer.part.texts("services")}
        yield from _overdue(book, customer.part, reviews, about, since)


def _overdue(
    book: Book, agreed: Part, reviews: Reviews, about: Collection[str], begun: date | None
) -> Iterator[Finding]:
    last = max((day for day, review in reviews if any(link.target in about for link in review.links)), default=None)
    begun = last or begun
    due = after(begun, agreed.text("review_every")) if begun is not None else date.max
    if due < book.today:
        was = f"last reviewed on {last}" if last is not None else "never reviewed"
        yield agreed.finding(
            "review_every",
            f"The services of {agreed.record.id} were {was}; the next service review was due on {due}.",
            "Hold the review and record it: servicebook new review --set type=service-review.",
        )
