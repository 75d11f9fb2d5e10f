"""A result is called met or missed, and its value says the opposite.

The target, its direction and the value decide whether an objective was met. A verdict beside them that says otherwise
is a slip at best; whoever counts the objectives that were met counts the verdicts.

## Wrong

```yaml records/objectives/OBJ-shop-incidents-in-time.yaml
id: OBJ-shop-incidents-in-time
schema_version: 1
title: Shop incidents resolved in time
owner: {role: shop-operations-lead}
measure: Share of the shop's incidents resolved within the agreed time.
unit: percent
target: 90
direction: at-least
due: 2026-03-31
plan: A second engineer on call from January.
results:
  - {on: 2026-04-10, value: 86.4, met: true}
```

## Right

```yaml records/objectives/OBJ-shop-incidents-in-time.yaml
id: OBJ-shop-incidents-in-time
schema_version: 1
title: Shop incidents resolved in time
owner: {role: shop-operations-lead}
measure: Share of the shop's incidents resolved within the agreed time.
unit: percent
target: 90
direction: at-least
due: 2026-03-31
plan: A second engineer on call from January.
results:
  - {on: 2026-04-10, value: 91.2, met: true}
```
"""

from collections.abc import Iterator

from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record

CLAUSES = ("6.2.2", "9.1")


def applies(kind: Kind) -> bool:
    return kind.name == "objective"


def check_record(record: Record) -> Iterator[Finding]:
    target, direction = record.part.number("target"), record.part.text("direction")
    for result in record.part.parts("results"):
        value, said = result.number("value"), result.truth("met")
        if target is None or value is None or said is None or direction not in ("at-least", "at-most"):
            continue
        met = value >= target if direction == "at-least" else value <= target
        if met != said:
            yield result.finding(
                "met",
                f"The value {value} is called {'met' if said else 'missed'}; the target is "
                f"{direction.replace('-', ' ')} {target}.",
                "Correct the value or the verdict. A result on the way that is as good as planned says so in note:.",
            )
