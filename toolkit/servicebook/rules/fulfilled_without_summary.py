"""A service request is fulfilled, and what was done is not written down.

The user knows what they got; the next one who asks for the same, and whoever checks what a role was given, do not.

Requests that were imported from another system are left out: their source may never have asked for it.

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
fulfilment:
  summary: Account made with the role for returns.
  confirmed_by_user: true
timeline:
  - {at: 2026-03-02T09:05:00+01:00, event: opened}
  - {at: 2026-03-03T10:15:00+01:00, event: fulfilled}
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._states import last
from servicebook.rules._timeline import tells

CLAUSES = ("8.6.2",)


def applies(kind: Kind) -> bool:
    return tells(kind, "service-request")


def check_record(record: Record) -> Iterator[Finding]:
    part = record.part
    if "fulfilment" not in part and "source" not in part and last(record) in ("fulfilled", "closed"):
        yield part.finding(
            "timeline", f"The request is {last(record)}, and has no fulfilment.", "Add fulfilment: with summary."
        )
