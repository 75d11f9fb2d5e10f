"""A year of a certificate has no surveillance audit planned.

A certificate for three years stands on two surveillance audits in between. Whoever writes their days down with
the certificate is not surprised by them: one for each year that ends before the certificate does.

## Wrong

```yaml records/certificates/CRT-1.yaml
id: CRT-1
schema_version: 1
title: Certificate for ISO/IEC 20000-1
standard: ISO/IEC 20000-1:2018
number: SM 0417
body: A certification body
scope: The services of the IT team.
issued_on: 2025-07-04
valid_from: 2025-07-04
valid_to: 2028-07-03
surveillance:
  - due: 2026-07-03
```

## Right

```yaml records/certificates/CRT-1.yaml
id: CRT-1
schema_version: 1
title: Certificate for ISO/IEC 20000-1
standard: ISO/IEC 20000-1:2018
number: SM 0417
body: A certification body
scope: The services of the IT team.
issued_on: 2025-07-04
valid_from: 2025-07-04
valid_to: 2028-07-03
surveillance:
  - due: 2026-07-03
  - due: 2027-07-03
```
"""

from collections.abc import Iterator
from datetime import date

from servicebook.book import Book
from servicebook.cadence import after
from servicebook.finding import Finding
from servicebook.rules._certificates import standing

SEVERITY = "warning"


def check_book(book: Book) -> Iterator[Finding]:
    for certificate in standing(book):
        first, last = certificate.day("valid_from"), certificate.day("valid_to")
        if first is None or last is None or last < book.today:
            continue
        years, planned = _years(first, last), len(certificate.parts("surveillance"))
        if planned < years:
            yield certificate.finding(
                "surveillance",
                f"{certificate.record.id} names {planned} of {years} surveillance audits.",
                "Add to surveillance: the day by which each is due.",
            )


def _years(first: date, last: date) -> int:
    """How many years from the first day on are over before the last one: as many surveillance audits there are."""
    count, day = 0, after(first, "year")
    while day < last:
        count, day = count + 1, after(day, "year")
    return count
