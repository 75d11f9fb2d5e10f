"""Two records say what one role is.

Other records name a role by one word. When two records explain that word, nobody knows which responsibilities and
which holders are meant.

## Wrong

```yaml records/roles/ROL-finance-controller.yaml
id: ROL-finance-controller
schema_version: 1
title: Finance controller
role: finance-controller
responsibilities: Answers for budget and accounts.
authority: Approves spending within the budget.
holders:
  - person: P-5t3n
    from: 2021-09-01
    to: 2025-12-31
  - person: P-4h8b
    from: 2026-01-01
```

```yaml records/roles/ROL-controller.yaml
id: ROL-controller
schema_version: 1
title: Finance controller
role: finance-controller
responsibilities: Answers for budget and accounts.
authority: Approves spending within the budget.
holders:
  - person: P-5t3n
    from: 2021-09-01
    to: 2025-12-31
  - person: P-4h8b
    from: 2026-01-01
```

## Right

```yaml records/roles/ROL-finance-controller.yaml
id: ROL-finance-controller
schema_version: 1
title: Finance controller
role: finance-controller
responsibilities: Answers for budget and accounts.
authority: Approves spending within the budget.
holders:
  - person: P-5t3n
    from: 2021-09-01
    to: 2025-12-31
  - person: P-4h8b
    from: 2026-01-01
```

```yaml records/roles/ROL-controller.yaml
id: ROL-controller
schema_version: 1
title: Finance controller
role: controller
responsibilities: Answers for budget and accounts.
authority: Approves spending within the budget.
holders:
  - person: P-5t3n
    from: 2021-09-01
    to: 2025-12-31
  - person: P-4h8b
    from: 2026-01-01
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding, quote

CLAUSES = ("5.3",)


def check_book(book: Book) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for record in book.records("role"):
        role = record.part.text("role")
        if role is not None and first.setdefault(role, record.id) != record.id:
            yield record.part.finding(
                "role",
                f"{first[role]} says what the role {quote(role)} is already.",
                "Put the two records together, or give this role a word of its own.",
            )
