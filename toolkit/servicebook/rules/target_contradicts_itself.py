"""A target says something that does not go with its measure, its kind or its start.

It names a team whose time counts, and does not begin when the record is assigned; it is about restoration for service
requests, which are fulfilled, or about fulfilment for incidents, which are resolved; or it says until when for a
measure whose end is fixed. The clock makes something of each of these, and hardly what the two sides meant.


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
      - {measure: response, priority: P1, limit: 15m, time: elapsed, until: closed}
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
      - {measure: response, priority: P1, limit: 15m, time: elapsed}
```
"""

from collections.abc import Iterator
from typing import Final

from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.part import Part
from servicebook.record import Record
from servicebook.rules._agreements import kind_of, versions

CLAUSES = ("8.3.3", "8.3.4")
SEVERITY = "warning"

_INSTEAD: Final = {("restoration", "service-request"): "fulfilment", ("fulfilment", "incident"): "resolution"}


def applies(kind: Kind) -> bool:
    return kind.name in ("sla", "supporting-agreement")


def check_record(record: Record) -> Iterator[Finding]:
    for version in versions(record):
        for target in version.part.parts("targets"):
            yield from _within(target)


def _within(target: Part) -> Iterator[Finding]:
    measure, kind = target.text("measure"), kind_of(target)
    if "assigned_to" in target and target.text("from") != "assigned":
        yield target.finding(
            "assigned_to",
            "The time of one team counts, and the clock does not begin when the record is assigned to it.",
            "Say from: assigned, or leave the team out.",
        )
    if instead := _INSTEAD.get((measure or "", kind)):
        yield target.finding(
            "kind",
            f"There is no {measure} of a record of kind {kind}.",
            f"Say measure: {instead}, or name the other kind.",
        )
    if "until" in target and measure not in ("resolution", "fulfilment"):
        yield target.finding(
            "until",
            f"Only resolution and fulfilment have an until; the clock of a {measure} target does not read it.",
            "Leave it out, or measure the resolution.",
        )
