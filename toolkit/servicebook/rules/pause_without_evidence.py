"""A pause bears no evidence, and the agreement lets such a pause stop the clock only where it does.

Where nobody can see that we asked and waited, the customer need not take our word for it: the clock goes on, and the
limit may be missed by what was meant as waiting. The evidence often exists, as a message that was sent, and takes a
minute to name on the day itself.

The agreements are those in force on the day on which the record was opened. Of a code that was paused more than once
in one pause, one event with evidence is enough.

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
      - {measure: resolution, priority: P2, limit: 8h, time: working}
    clock_stops:
      - {code: waiting-for-customer, evidence: true}
```

```yaml records/incidents/2026/INC-20260304-k7q2.yaml
id: INC-20260304-k7q2
schema_version: 1
title: Voucher is refused at the till
service: SVC-online-shop
impact: medium
urgency: high
timeline:
  - {at: 2026-03-04T09:02:00+01:00, event: opened}
  - {at: 2026-03-04T09:30:00+01:00, event: paused, code: waiting-for-customer}
  - {at: 2026-03-04T14:10:00+01:00, event: resumed}
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
      - {measure: resolution, priority: P2, limit: 8h, time: working}
    clock_stops:
      - {code: waiting-for-customer, evidence: true}
```

```yaml records/incidents/2026/INC-20260304-k7q2.yaml
id: INC-20260304-k7q2
schema_version: 1
title: Voucher is refused at the till
service: SVC-online-shop
impact: medium
urgency: high
timeline:
  - {at: 2026-03-04T09:02:00+01:00, event: opened}
  - {at: 2026-03-04T09:30:00+01:00, event: paused, code: waiting-for-customer, evidence: "Message 4711 to the shop"}
  - {at: 2026-03-04T14:10:00+01:00, event: resumed}
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.clock import Agreements
from servicebook.finding import Finding, quote
from servicebook.rules._pauses import agreed, paused

CLAUSES = ("8.3.3", "8.6.1")
SEVERITY = "warning"


def check_book(book: Book) -> Iterator[Finding]:
    agreements = Agreements(book)
    for case in paused(book, agreements, lambda stop, wait: stop.evidence and not wait.evidence):
        asking = {
            code: f"{terms.agreement} version {terms.version}"
            for terms, _ in reversed(list(agreed(case.service, case.day, agreements)))
            for code, stop in terms.stops.items()
            if stop.evidence
        }
        for pause in case.pauses:
            if not pause.evidence and pause.code in asking:
                yield case.record.finding(
                    pause.pointer,
                    f"The pause for {quote(pause.code)} bears no evidence, which {asking[pause.code]} asks for: "
                    "it does not stop the clock.",
                    "Name in evidence where it can be seen: a message, an address, the id of a record.",
                )
