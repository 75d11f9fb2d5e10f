"""A target is for a priority that the matrix never gives.

The priority of an incident is computed from impact and urgency by the matrix that the SLA names. A target for a
priority that stands in none of its cells promises something for incidents that cannot exist, and looks like care.

Each version of an SLA is held against the versions of its matrix that are in force within its time.

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
      - {measure: response, priority: P5, limit: 15m, time: elapsed}
```

```yaml records/priority-matrices/MTX-standard.yaml
id: MTX-standard
schema_version: 1
title: Standard priorities
versions:
  - version: 1
    valid_from: 2025-01-01
    levels:
      - {id: P1, name: Critical}
      - {id: P2, name: High}
    priority:
      high: {high: P1, medium: P2, low: P2}
      medium: {high: P2, medium: P2, low: P2}
      low: {high: P2, medium: P2, low: P2}
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
      - {measure: response, priority: P2, limit: 15m, time: elapsed}
```

```yaml records/priority-matrices/MTX-standard.yaml
id: MTX-standard
schema_version: 1
title: Standard priorities
versions:
  - version: 1
    valid_from: 2025-01-01
    levels:
      - {id: P1, name: Critical}
      - {id: P2, name: High}
    priority:
      high: {high: P1, medium: P2, low: P2}
      medium: {high: P2, medium: P2, low: P2}
      low: {high: P2, medium: P2, low: P2}
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.record import Record
from servicebook.rules._agreements import Version, versions

CLAUSES = ("8.3.3", "8.6.1")

_LEVELS = ("high", "medium", "low")


def check_book(book: Book) -> Iterator[Finding]:
    matrices = {matrix.id: matrix for matrix in book.records("priority-matrix")}
    for sla in book.records("sla"):
        for version in versions(sla):
            matrix = matrices.get(version.part.text("matrix") or "")
            given = _given(matrix, version) if matrix is not None else set()
            for target in version.part.parts("targets") if given else ():
                priority = target.text("priority")
                if priority is not None and priority not in given:
                    yield target.finding(
                        "priority",
                        f"The target is for {quote(priority)}, which no cell of {quote(version.part.text('matrix'))} "
                        f"gives while version {version.number} holds.",
                        f"It gives {', '.join(sorted(given))}. Correct the priority, or the cell that should give it.",
                    )


def _given(matrix: Record, version: Version) -> set[str]:
    """The priorities that a matrix gives on some day on which the version holds."""
    cells = (
        found.part.part("priority").part(impact).text(urgency)
        for found in versions(matrix)
        if found.first <= version.last and version.first <= found.last
        for impact in _LEVELS
        for urgency in _LEVELS
    )
    return {cell for cell in cells if cell is not None and cell.isprintable()}
