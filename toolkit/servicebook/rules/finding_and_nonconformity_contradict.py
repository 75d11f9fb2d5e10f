"""A finding of an audit and its nonconformity say different things.

Each names the other, and they agree: on the audit, on the number of the finding, on clause and grade. Where they do
not, one of them was copied from another, and whoever follows the link arrives at the wrong case.

## Wrong

```yaml records/audits/AUD-spring.yaml
id: AUD-spring
schema_version: 1
title: Audit of change and incident management
type: internal
scope: Changes and incidents of the web shop.
criteria: ISO/IEC 20000-1 and the change policy.
clauses:
  - "8.5.1"
  - "8.6"
auditors:
  - role: finance-controller
    independence: Has no part in running the shop.
held:
  from: 2026-03-24
  to: 2026-03-26
findings:
  - id: F1
    grade: minor
    clause: "8.5.1"
    statement: Two of five changes name a way back that nobody tried.
    nonconformity: NC-20260327-b4tz
```

```yaml records/nonconformities/NC-20260327-b4tz.yaml
id: NC-20260327-b4tz
schema_version: 1
title: Changes with a way back that nobody had tried
source: audit
clause: "8.5.1"
owner:
  role: shop-operations-lead
audit: AUD-spring
finding: F2
timeline:
  - at: 2026-03-27T10:00:00+01:00
    event: raised
```

## Right

```yaml records/audits/AUD-spring.yaml
id: AUD-spring
schema_version: 1
title: Audit of change and incident management
type: internal
scope: Changes and incidents of the web shop.
criteria: ISO/IEC 20000-1 and the change policy.
clauses:
  - "8.5.1"
  - "8.6"
auditors:
  - role: finance-controller
    independence: Has no part in running the shop.
held:
  from: 2026-03-24
  to: 2026-03-26
findings:
  - id: F1
    grade: minor
    clause: "8.5.1"
    statement: Two of five changes name a way back that nobody tried.
    nonconformity: NC-20260327-b4tz
```

```yaml records/nonconformities/NC-20260327-b4tz.yaml
id: NC-20260327-b4tz
schema_version: 1
title: Changes with a way back that nobody had tried
source: audit
clause: "8.5.1"
owner:
  role: shop-operations-lead
audit: AUD-spring
finding: F1
timeline:
  - at: 2026-03-27T10:00:00+01:00
    event: raised
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.part import Part
from servicebook.record import Record

CLAUSES = ("9.2", "10.1")


def check_book(book: Book) -> Iterator[Finding]:
    for record in book.records("nonconformity"):
        yield from _from_nonconformity(book, record.part)
    for record in book.records("audit"):
        for found in record.part.parts("findings"):
            other = _valid(book, found.text("nonconformity"))
            if other is not None:
                yield from _from_finding(record, found, other.part)


def _from_nonconformity(book: Book, part: Part) -> Iterator[Finding]:
    name, number = part.text("audit"), part.text("finding")
    if name is None:
        if part.text("source") == "audit":
            hint = "Add audit: and finding:, or correct source:."
            yield part.finding("source", f"{part.record.id} comes from an audit and names none.", hint)
        return
    audit = _valid(book, name)
    if audit is None or number is None:
        return
    if all(found.text("id") != number for found in audit.part.parts("findings")):
        hint = f"Correct the number, or add the finding to {audit.id}."
        yield part.finding("finding", f"{audit.id} has no finding {quote(number)}.", hint)


def _from_finding(audit: Record, found: Part, other: Part) -> Iterator[Finding]:
    name, number = other.record.id, found.text("id")
    if (other.text("audit"), other.text("finding")) != (audit.id, number):
        message = f"Finding {quote(number or '?')} names {name}, which does not name it."
        yield found.finding("nonconformity", message, f"Let {name} have audit: {audit.id} and finding: {number}.")
        return
    for field in ("clause", "grade"):
        mine, its = found.text(field), other.text(field)
        if mine is not None and its is not None and mine != its:
            message = f"The {field} is {quote(mine)} in {audit.id} and {quote(its)} in {name}."
            yield other.finding(field, message, "Correct the one that is wrong.")


def _valid(book: Book, name: str | None) -> Record | None:
    record = book.by_id.get(name) if name is not None else None
    return record if record is not None and record.valid else None
