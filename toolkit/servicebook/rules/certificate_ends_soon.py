"""A certificate ends within 120 days, and no other follows it.

A recertification audit takes its time to be agreed, held and decided on. When it is not over before the last
day, there is a gap in which nobody is certified.

## Wrong

```yaml records/certificates/CRT-1.yaml
id: CRT-1
schema_version: 1
title: Certificate for ISO/IEC 20000-1
standard: ISO/IEC 20000-1:2018
number: SM 0417
body: A certification body
scope: The services of the IT team.
issued_on: 2023-09-12
valid_from: 2023-09-12
valid_to: 2026-09-11
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
issued_on: 2023-12-12
valid_from: 2023-12-12
valid_to: 2026-12-11
```
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from servicebook.book import Book
from servicebook.finding import Finding
from servicebook.rules._certificates import standing

SEVERITY = "warning"

SOON: Final = timedelta(days=120)


def check_book(book: Book) -> Iterator[Finding]:
    for certificate in standing(book):
        end = certificate.day("valid_to")
        if end is not None and book.today <= end <= book.today + SOON:
            yield certificate.finding(
                "valid_to",
                f"{certificate.record.id} is valid until {end}, and no later certificate follows it.",
                "Agree the recertification audit with the body, and add the new certificate when it is issued.",
            )
