"""The text of a document is not the one that was approved.

A version of a policy or a plan is approved with the SHA-256 of its text. When the file says something else
today, people follow words that nobody approved. Even a corrected comma is a new version: it costs four lines and a
signature. Only the version in force is looked at.

## Wrong

```yaml records/documents/DOC-security-policy.yaml
id: DOC-security-policy
schema_version: 1
title: Information security policy
type: information-security-policy
owner:
  role: it-manager
versions:
  - version: 1
    valid_from: 2026-01-01
    content:
      path: documents/security-policy.md
      sha256: 2cf3d8e27be2d2b4a5f0ab5ca1df2ec46abcd2c8cbf2a5c20d7a7d81b8a5ce4a
    approved:
      by:
        role: managing-director
      on: 2025-12-15
review_every: year
```

```markdown documents/security-policy.md
We lock the screen when we leave the desk.
```

## Right

```yaml records/documents/DOC-security-policy.yaml
id: DOC-security-policy
schema_version: 1
title: Information security policy
type: information-security-policy
owner:
  role: it-manager
versions:
  - version: 1
    valid_from: 2026-01-01
    content:
      path: documents/security-policy.md
      sha256: 26b90960c875cf1b7b8dee4f33514597e687bedc8f89b24f7f54927e063b9577
    approved:
      by:
        role: managing-director
      on: 2025-12-15
review_every: year
```

```markdown documents/security-policy.md
We lock the screen when we leave the desk.
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.rules._documents import attached, departures, is_content

CLAUSES = ("7.5.2", "7.5.3")


def check_book(book: Book) -> Iterator[Finding]:
    for document in book.records("document"):
        contents = [file for file in attached(document) if is_content(document, file.pointer)]
        for file, why in departures(book, contents):
            yield document.finding(
                (*file.pointer, "sha256"),
                f"The file {quote(file.path)} is not the text of {document.id} that was approved: it {why}.",
                "Put the approved text back, or let the new one be approved as a version of its own.",
            )
