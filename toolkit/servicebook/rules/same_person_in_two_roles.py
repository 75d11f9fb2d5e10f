"""Two roles kept each other in check on a change, and one person held both.

Whoever asks for a change does not approve it, and whoever implements it does not review it. Where a record names roles
only, they look like two. The records of the roles tell when one person alone held both on that day.

What the change says by itself, `requester-approves-own-change` and `implementer-reviews-own-change` tell. A role that
several people hold on the day says nothing about who of them it was, and is left alone.

## Wrong

```yaml records/changes/2026/CHG-20260202-w5kd.yaml
id: CHG-20260202-w5kd
schema_version: 1
title: A shorter order form
category: normal
type: component
reason: Half of its fields are never read.
requester: {role: order-desk}
approvals:
  - decision: approved
    by: {role: order-desk-lead}
    at: 2026-02-05T14:00:00+01:00
timeline:
  - {at: 2026-02-02T09:30:00+01:00, event: requested}
```

```yaml records/roles/ROL-order-desk.yaml
id: ROL-order-desk
schema_version: 1
title: Order desk
role: order-desk
responsibilities: Takes what customers order by telephone.
authority: Books orders.
holders:
  - {person: P-3f8q, from: 2025-04-01, appointed_by: managing-director}
```

```yaml records/roles/ROL-order-desk-lead.yaml
id: ROL-order-desk-lead
schema_version: 1
title: Lead of the order desk
role: order-desk-lead
responsibilities: Answers for the order desk.
authority: Approves changes to the order form.
holders:
  - {person: P-3f8q, from: 2025-04-01, appointed_by: managing-director}
```

## Right

```yaml records/changes/2026/CHG-20260202-w5kd.yaml
id: CHG-20260202-w5kd
schema_version: 1
title: A shorter order form
category: normal
type: component
reason: Half of its fields are never read.
requester: {role: order-desk}
approvals:
  - decision: approved
    by: {role: order-desk-lead}
    at: 2026-02-05T14:00:00+01:00
timeline:
  - {at: 2026-02-02T09:30:00+01:00, event: requested}
```

```yaml records/roles/ROL-order-desk.yaml
id: ROL-order-desk
schema_version: 1
title: Order desk
role: order-desk
responsibilities: Takes what customers order by telephone.
authority: Books orders.
holders:
  - {person: P-3f8q, from: 2025-04-01, appointed_by: managing-director}
```

```yaml records/roles/ROL-order-desk-lead.yaml
id: ROL-order-desk-lead
schema_version: 1
title: Lead of the order desk
role: order-desk-lead
responsibilities: Answers for the order desk.
authority: Approves changes to the order form.
holders:
  - {person: P-7k2m, from: 2025-04-01, appointed_by: managing-director}
```
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from servicebook.book import Book
from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.part import Part
from servicebook.record import Record
from servicebook.rules._changes import approvals
from servicebook.rules._people import same
from servicebook.rules._roles import Terms, sole_holder, terms

CLAUSES = ("8.5.1",)
SEVERITY = {"starter": "warning", "full": "error"}

_HINT = "Have somebody else do one of the two, or name the persons where the record of a role is not up to date."


def applies(kind: Kind) -> bool:
    return kind.name == "change"


def note(record: Record) -> list[list[Any]] | None:
    """Each pair of doers that must be two, with the day: who asked and who approved, who implemented and reviewed.

    A pair is left out where its doers are one by what the change says, and where both name a person.
    """
    change, review = record.part, record.part.part("review")
    pairs = [("approved", change.part("requester"), one.part("by"), at.date()) for at, one in approvals(record)]
    if any(not _to_be_told(one, other) for _, one, other, _ in pairs):
        pairs = []
    if (day := review.day("on")) is not None and _to_be_told(change.part("implementer"), review.part("by")):
        pairs.append(("reviewed", change.part("implementer"), review.part("by"), day))
    return [[what, _doer(one), _doer(other), day.isoformat()] for what, one, other, day in pairs] or None


def _to_be_told(one: Part, other: Part) -> bool:
    both_named = "person" in one and "person" in other
    return bool(one) and bool(other) and not both_named and not same(one, other)


def _doer(doer: Part) -> list[str | None]:
    return [doer.text("role"), doer.text("person")]


def check_book(book: Book) -> Iterator[Finding]:
    known = terms(book)
    for name, pairs in book.notes("same-person-in-two-roles").items():
        for what in ("approved", "reviewed"):
            persons = {_one(known, pair) for pair in pairs if pair[0] == what}
            if len(persons) == 1 and None not in persons:
                yield _found(book.by_id[name].part, what)


def _one(known: Terms, pair: list[Any]) -> str | None:
    """The person that both doers of a pair were on that day; None where they were two, or nobody can tell."""
    _, one, other, day = pair
    first, second = (person or sole_holder(known, role or "", date.fromisoformat(day)) for role, person in (one, other))
    return first if first == second else None


def _found(change: Part, what: str) -> Finding:
    if what == "reviewed":
        message = "The change was reviewed by the one person who then held the role that implemented it."
        return change.part("review").finding("by", message, _HINT)
    message = "The change was approved only by the one person who then held the role that asked for it."
    return change.finding("approvals", message, _HINT)
