"""A target by which no record can ever be judged.

It reads as a promise, and there is nothing behind it: its services are none that the agreement covers; it is for a type
of request, but judges incidents; it begins with an event that its records do not have; it has a window or a least
number, but no percentage to be held in it; or it is judged only from more cases on than the SLA provides for in a
window, so that whatever is beyond is released.

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
      - {measure: resolution, priority: P1, limit: 4h, time: elapsed, attainment: 90, minimum: 50}
    workload_limits:
      - {limit: 40, window: month}
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
      - {measure: resolution, priority: P1, limit: 4h, time: elapsed, attainment: 90, minimum: 5}
    workload_limits:
      - {limit: 40, window: month}
```
"""

from collections.abc import Iterator
from typing import Final

from servicebook.book import Book
from servicebook.finding import Finding
from servicebook.part import Part
from servicebook.record import Record
from servicebook.rules._agreements import Version, kind_of, versions

CLAUSES = ("8.3.3", "8.3.4")
SEVERITY = "warning"

_COUNTED: Final = {"incident": "incidents", "service-request": "service-requests"}
_LEAVE_OUT: Final = "Correct it, or leave it out."


def check_book(book: Book) -> Iterator[Finding]:
    slas = {sla.id: sla for sla in book.records("sla")}
    for sla in slas.values():
        yield from _judged(sla, set(sla.part.texts("services")))
    for agreement in book.records("supporting-agreement"):
        supported = [slas[name] for name in agreement.part.texts("supports") if name in slas]
        yield from _judged(agreement, {service for sla in supported for service in sla.part.texts("services")})


def _judged(agreement: Record, services: set[str]) -> Iterator[Finding]:
    for version in versions(agreement):
        for target in version.part.parts("targets"):
            yield from _fits(target, services)
            yield from _held(target, version)


def _fits(target: Part, services: set[str]) -> Iterator[Finding]:
    if "services" in target and services and services.isdisjoint(target.texts("services")):
        yield target.finding("services", "The agreement covers none of these services.", _LEAVE_OUT)
    if "request_types" in target and kind_of(target) == "incident":
        yield target.finding(
            "request_types",
            "This is a target for incidents, which have no type of request.",
            "Say kind: service-request, or leave the types out.",
        )
    if target.text("from") == "major-declared" and kind_of(target) == "service-request":
        yield target.finding("from", "No service request is ever declared a major one.", _LEAVE_OUT)


def _held(target: Part, version: Version) -> Iterator[Finding]:
    for name in ("window", "minimum"):
        if name in target and "attainment" not in target:
            yield target.finding(
                name, f"There is a {name}, and no percentage to be held.", "Say which percent in attainment."
            )
    least = target.number("minimum")
    if least is None or "attainment" not in target:
        return
    for limit in version.part.parts("workload_limits"):
        most = limit.number("limit")
        if most is not None and most < least and _same(target, limit):
            yield target.finding(
                "minimum",
                f"The percentage is judged from {least} on, and above {most} in the same window nothing is judged.",
                "Judge it from fewer on, or over a longer window.",
            )


def _same(target: Part, limit: Part) -> bool:
    """Whether a limit counts all that a target judges, in the same window."""
    return (
        (limit.text("measure") or "incidents") == _COUNTED.get(kind_of(target))
        and (limit.text("window") or "month") == (target.text("window") or "month")
        and limit.text("priority") in (None, target.text("priority"))
    )
