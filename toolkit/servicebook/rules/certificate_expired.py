"""A certificate has expired.

From the day after its last, nobody may say that they are certified. A certificate that a later one for the same
standard has followed, or that was withdrawn, is history and is left alone.

## Wrong

```yaml records/certificates/CRT-1.yaml
id: CRT-1
schema_version: 1
title: Certificate for ISO/IEC 20000-1
standard: ISO/IEC 20000-1:2018
number: SM 0417
body: A certification body
scope: The services of the IT team.
issued_on: 2023-05-12
valid_from: 2023-05-12
valid_to: 2026-05-11
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
issued_on: 2023-05-12
valid_from: 2023-05-12
valid_to: 2026-05-11
```

```yaml records/certificates/CRT-2.yaml
id: CRT-2
schema_version: 1
title: Certificate for ISO/IEC 20000-1
standard: ISO/IEC 20000-1:2018
number: SM 0417
body: A certification body
scope: The services of the IT team.
issued_on: 2026-05-12
valid_from: 2026-05-12
valid_to: 2029-05-11
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding
from servicebook.rules._certificates import standing

SEVERITY = {"starter": "warning", "full": "error"}


def check_book(book: Book) -> Iterator[Finding]:
    for certificate in standing(book):
        end = certificate.day("valid_to")
        if end is not None and end < book.today:
            yield certificate.finding(
                "valid_to",
                f"{certificate.record.id} was valid until {end}, and no later certificate follows it.",
                "Add the new certificate, or withdrawn_on: where you no longer hold one.",
            )
