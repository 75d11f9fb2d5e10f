"""More is forecast than there is, and the capacity plan does not say by when there will be more.

A forecast above the limit is what a capacity plan is for. It becomes a plan by two things: the day by which there must
be more, and an action that somebody has undertaken.

## Wrong

```yaml records/capacity-plans/CAP-online-shop-2026.yaml
id: CAP-online-shop-2026
schema_version: 1
title: Online shop, 2026
services: [SVC-online-shop]
owner: {role: infrastructure-engineer}
period: {from: 2026-01-01, to: 2026-12-31}
requirements:
  - resource: Connections to the order database
    unit: connections
    current: 80
    forecast: 220
    limit: 200
thresholds: A warning at 70 percent of a limit goes to the engineer on call.
reviewed_on: 2026-04-07
```

## Right

```yaml records/capacity-plans/CAP-online-shop-2026.yaml
id: CAP-online-shop-2026
schema_version: 1
title: Online shop, 2026
services: [SVC-online-shop]
owner: {role: infrastructure-engineer}
period: {from: 2026-01-01, to: 2026-12-31}
requirements:
  - resource: Connections to the order database
    unit: connections
    current: 80
    forecast: 220
    limit: 200
    needed_by: 2026-10-15
thresholds: A warning at 70 percent of a limit goes to the engineer on call.
reviewed_on: 2026-04-07
actions:
  - id: A1
    what: Raise the connections of the order database to 300.
    owner: infrastructure-engineer
    due: 2026-10-15
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding, quote
from servicebook.kinds import Kind
from servicebook.record import Record

CLAUSES = ("8.4.3",)


def applies(kind: Kind) -> bool:
    return kind.name == "capacity-plan"


def check_record(record: Record) -> Iterator[Finding]:
    acts = bool(record.part.parts("actions"))
    for requirement in record.part.parts("requirements"):
        forecast, limit = requirement.number("forecast"), requirement.number("limit")
        planned = acts and "needed_by" in requirement
        if forecast is None or limit is None or forecast <= limit or planned:
            continue
        resource, unit = quote(requirement.text("resource") or ""), quote(requirement.text("unit") or "")
        yield requirement.finding(
            "forecast",
            f"The forecast for {resource} is {forecast}, the limit {limit} (in {unit}).",
            "Add needed_by: with the day by which there must be more, and the action under actions:.",
        )
