"""A service request was approved by nobody but the one who made it.

An approval asks somebody else whether it should be. Whoever gives themselves access, or a device, has asked nobody.

Where both name a person, the persons are compared; where one does not, the roles, because nobody can tell from the
record that they were two. An approval by somebody else as well makes it good.

## Wrong

```yaml records/service-requests/2026/REQ-20260302-h4nd.yaml
id: REQ-20260302-h4nd
schema_version: 1
title: Access to the order system
service: SVC-order-system
request_type: Access
requested_by: shop-lead
requested_by_person: P-3f8q
impact: low
urgency: medium
approvals:
  - decision: approved
    by: {role: shop-lead, person: P-3f8q}
    at: 2026-03-02T11:20:00+01:00
timeline:
  - {at: 2026-03-02T09:05:00+01:00, event: opened}
```

## Right

```yaml records/service-requests/2026/REQ-20260302-h4nd.yaml
id: REQ-20260302-h4nd
schema_version: 1
title: Access to the order system
service: SVC-order-system
request_type: Access
requested_by: shop-lead
requested_by_person: P-3f8q
impact: low
urgency: medium
approvals:
  - decision: approved
    by: {role: shop-lead, person: P-7k2m}
    at: 2026-03-02T11:20:00+01:00
timeline:
  - {at: 2026-03-02T09:05:00+01:00, event: opened}
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.part import Part
from servicebook.record import Record
from servicebook.rules._changes import approvals
from servicebook.rules._people import same

CLAUSES = ("8.6.2",)


def applies(kind: Kind) -> bool:
    return kind.name == "service-request"


def check_record(record: Record) -> Iterator[Finding]:
    part = record.part
    requester = Part(record, {"role": part.text("requested_by"), "person": part.text("requested_by_person")})
    given = [decision for _, decision in approvals(record)]
    if given and all(same(decision.part("by"), requester) for decision in given):
        yield given[0].finding(
            "by",
            "The request was approved only by the one who made it.",
            "Have somebody else decide; if they were two of one role, name both: requested_by_person, and person here.",
        )
