"""A supporting agreement allows its supplier more time than the SLA that it supports promises the customer.

We answer for the whole service. A supplier who may take eight hours for what we promise in four leaves us to miss
our own target while everybody keeps to what was signed.

Targets are compared that measure the same, in the same kind of time, for records that both are for, in versions that
hold on a common day from now on: a target without priority, services or types of request is for all of them. A
supporting target is held against the strictest such promise of an SLA. One without attainment is not compared with one
that has it, nor are attainments over windows of another length.

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
from servicebook.rules._agreements import Version, kind_of, versions

CLAUSES = ("8.3.4",)

_LIMIT = re.compile(r"(?:([0-9]{1,6})h)?(?:([0-9]{1,7})m)?")
_SAME = ("measure", "time")
_SOME = ("services", "request_types")


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
    says = f"{quote(sla.id)} version {promised.number}"
    for target in version.part.parts("targets"):
        others = [other for other in promised.part.parts("targets") if _alike(target, other)]
        limit, share = _minutes(target), target.number("attainment")
        promises = [(found, other) for other in others if (found := _minutes(other)) is not None]
        strictest = min(promises, key=_figure, default=None)
        if limit is not None and strictest is not None and limit > strictest[0]:
            other = strictest[1]
            yield target.finding(
                "limit",
                f"{_named(target, other)} may take {target.text('limit')} here, and {says} promises it in "
                f"{other.text('limit')}.",
                "Agree a shorter limit with the supplier, or promise the customer less.",
            )
        shares = [
            (percent, other)
            for other in others
            if (percent := other.number("attainment")) is not None and _window(target) == _window(other)
        ]
        highest = max(shares, key=_figure, default=None)
        if share is not None and highest is not None and share < highest[0]:
            due, other = highest
            yield target.finding(
                "attainment",
                f"{_named(target, other)} must meet its limit in {share} percent here, and in {due} percent by {says}.",
                "Agree a higher attainment with the supplier, or promise the customer less.",
            )


def _figure(promise: tuple[float, Part]) -> float:
    return promise[0]


def _alike(target: Part, other: Part) -> bool:
    """Whether two targets measure the same, and some record is judged by both."""
    priorities = {target.text("priority"), other.text("priority")} - {None}
    return (
        all(target.text(name) is not None and target.text(name) == other.text(name) for name in _SAME)
        and kind_of(target) == kind_of(other)
        and len(priorities) < 2
        and all(_meet_in(target, other, name) for name in _SOME)
    )


def _meet_in(target: Part, other: Part, name: str) -> bool:
    return name not in target or name not in other or not set(target.texts(name)).isdisjoint(other.texts(name))


def _named(target: Part, other: Part) -> str:
    priority = other.text("priority") or target.text("priority")
    return f"The {quote(target.text('measure'))} of {quote(priority) if priority else 'every priority'}"


def _window(target: Part) -> str:
    return target.text("window") or "month"


def _minutes(target: Part) -> int | None:
    match = _LIMIT.fullmatch(target.text("limit") or "")
    return int(match[1] or 0) * 60 + int(match[2] or 0) if match and match[0] else None
