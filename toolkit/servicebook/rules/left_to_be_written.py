"""A draft was kept, and what only people can write was never written.

`servicebook report` drafts a service report or minutes from the book: the figures are there, and where somebody has to
think it says “To be written: …” and what is asked for. As long as that stands there, nobody has read the draft as far
as this place. Write what is true and take the words out; where there is nothing to say, say that.

## Wrong

```yaml records/service-reports/SRP-20260409-n2wy.yaml
id: SRP-20260409-n2wy
schema_version: 1
title: Online shop, first quarter
definition: RPD-online-shop
period: {from: 2026-01-01, to: 2026-03-31}
as_of: 2026-04-08T00:00:00+02:00
figures:
  - {measure: Incidents resolved in time, value: 91.3, unit: percent, n: 23}
trends: "To be written: what lies behind the figures."
```

## Right

```yaml records/service-reports/SRP-20260409-n2wy.yaml
id: SRP-20260409-n2wy
schema_version: 1
title: Online shop, first quarter
definition: RPD-online-shop
period: {from: 2026-01-01, to: 2026-03-31}
as_of: 2026-04-08T00:00:00+02:00
figures:
  - {measure: Incidents resolved in time, value: 91.3, unit: percent, n: 23}
trends: What was missed was missed at night, when nobody answers at the payment provider.
```
"""

from collections.abc import Iterator
from typing import Final

from servicebook.finding import Finding, quote
from servicebook.record import Record
from servicebook.rules._text import texts

CLAUSES = ("7.5.3",)

MARK: Final = "To be written:"
"""How a text begins, or a line of it, that a draft leaves to people."""


def check_record(record: Record) -> Iterator[Finding]:
    if MARK.encode() not in record.source():
        return
    for pointer, text in texts(record.data):
        for line in text.splitlines():
            if line.startswith(MARK):
                yield record.finding(
                    pointer,
                    f"The draft still says {quote(line)}.",
                    f"Write what is asked for in its place, or that there is nothing to say, and take “{MARK}” out.",
                )
