"""A supporting agreement allows its supplier more time than the SLA that it supports promises the customer.

We answer for the whole service. A supplier who may take eight hours for what we promise in four leaves us to miss
our own target while everybody keeps to what was signed.

Targets are compared that measure the same, for the same priority, in the same kind of time, in versions that hold on
a common day from now on. A supporting target without attainment is not compared with one that has it.

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
      - {measure: resolution, priority: P1, limit: 4h, time: elapsed, attainment: 90}
```

```yaml records/supporting-agreements/SUA-payment-provider.yaml
id: SUA-payment-provider
schema_version: 1
title: Contract with the payment provider
type: contract
supplier: SUP-payment-provider
supports: [SLA-online-shop]
owner: {role: it-manager}
versions:
  - version: 1
    valid_from: 2025-02-01
    targets:
      - {measure: resolution, priority: P1, limit: 8h, time: elapsed, attainment: 90}
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
      - {measure: resolution, priority: P1, limit: 4h, time: elapsed, attainment: 90}
```

```yaml records/supporting-agreements/SUA-payment-provider.yaml
id: SUA-payment-provider
schema_version: 1
title: Contract with the payment provider
type: contract
supplier: SUP-payment-provider
supports: [SLA-online-shop]
owner: {role: it-manager}
versions:
  - version: 1
    valid_from: 2025-02-01
    targets:
      - {measure: resolution, priority: P1, limit: 3h, time: elapsed, attainment: 95}
```
"""

import re
from collections.abc import Iterator
from datetime import date

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.part import Part
from servicebook.record import Record
from servicebook.rules._agreements import Version, versions

CLAUSES = ("8.3.4",)

_LIMIT = re.compile(r"(?:([0-9]{1,6})h)?(?:([0-9]{1,7})m)?")
_ALIKE = ("measure", "priority", "time")


def check_book(book: Book) -> Iterator[Finding]:
    slas = {sla.id: sla for sla in book.records("sla")}
    for agreement in book.records("supporting-agreement"):
        supported = [slas[name] for name in agreement.part.texts("supports") if name in slas]
        for version in versions(agreement):
            for sla in supported:
                for promised in versions(sla):
                    if _meet(version, promised, book.today):
                        yield from _weaker(version, promised, sla)


def _meet(version: Version, promised: Version, today: date) -> bool:
    """Whether both hold on one day, today or later."""
    return max(version.first, promised.first, today) <= min(version.last, promised.last)


def _weaker(version: Version, promised: Version, sla: Record) -> Iterator[Finding]:
    by_kind = {_kind(target): target for target in promised.part.parts("targets")}
    says = f"{quote(sla.id)} version {promised.number}"
    for target in version.part.parts("targets"):
        other = by_kind.get(_kind(target))
        if other is None or None in _kind(target):
            continue
        of = f"The {quote(target.text('measure'))} of {quote(target.text('priority'))}"
        limit, wanted = _minutes(target), _minutes(other)
        if limit is not None and wanted is not None and limit > wanted:
            yield target.finding(
                "limit",
                f"{of} may take {target.text('limit')} here, and {says} promises it in {other.text('limit')}.",
                "Agree a shorter limit with the supplier, or promise the customer less.",
            )
        share, due = target.number("attainment"), other.number("attainment")
        if share is not None and due is not None and share < due:
            yield target.finding(
                "attainment",
                f"{of} must meet its limit in {share} percent here, and in {due} percent by {says}.",
                "Agree a higher attainment with the supplier, or promise the customer less.",
            )


def _kind(target: Part) -> tuple[str | None, ...]:
    return tuple(target.text(name) for name in _ALIKE)


def _minutes(target: Part) -> int | None:
    match = _LIMIT.fullmatch(target.text("limit") or "")
    return int(match[1] or 0) * 60 + int(match[2] or 0) if match and match[0] else None
