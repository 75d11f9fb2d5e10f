"""A service request was fulfilled although it had been refused.

Somebody with the authority said no, and the user got it nevertheless: access that nobody wanted to give, or money that
nobody wanted to spend.

A decision that was taken later replaces an earlier one: what was refused, and then approved, may be fulfilled.

## Wrong

```yaml records/service-requests/2026/REQ-20260302-h4nd.yaml
id: REQ-20260302-h4nd
schema_version: 1
title: Access to the order system
service: SVC-order-system
request_type: Access
requested_by: shop-lead
impact: low
urgency: medium
approvals:
  - decision: rejected
    by: {role: order-system-owner}
    at: 2026-03-02T11:20:00+01:00
timeline:
  - {at: 2026-03-02T09:05:00+01:00, event: opened}
  - {at: 2026-03-03T10:15:00+01:00, event: fulfilled}
```

## Right

```yaml records/service-requests/2026/REQ-20260302-h4nd.yaml
id: REQ-20260302-h4nd
schema_version: 1
title: Access to the order system
service: SVC-order-system
request_type: Access
requested_by: shop-lead
impact: low
urgency: medium
approvals:
  - decision: rejected
    by: {role: order-system-owner}
    at: 2026-03-02T11:20:00+01:00
  - decision: approved
    by: {role: order-system-owner}
    at: 2026-03-02T16:00:00+01:00
timeline:
  - {at: 2026-03-02T09:05:00+01:00, event: opened}
  - {at: 2026-03-03T10:15:00+01:00, event: fulfilled}
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._changes import decisions
from servicebook.rules._states import last
from servicebook.rules._timeline import tells

CLAUSES = ("8.6.2",)


def applies(kind: Kind) -> bool:
    return tells(kind, "service-request")


def check_record(record: Record) -> Iterator[Finding]:
    taken = decisions(record)
    if taken and taken[-1][1].text("decision") == "rejected" and last(record) in ("fulfilled", "closed"):
        yield taken[-1][1].finding(
            "decision",
            f"The request is {last(record)}, and the last decision on it is a refusal.",
            "Add the approval that followed, or take back what was given and say so.",
        )
