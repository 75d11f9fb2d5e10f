"""An attached file is another than the one that was attached.

The record names the SHA-256 of the file, so that nobody can put another contract in the place of the one that
was signed. Here the file has changed since, or the wrong digest was written. The text of a document itself is
looked at by document-differs-from-approved.

## Wrong

```yaml records/suppliers/SUP-hosting.yaml
id: SUP-hosting
schema_version: 1
title: Hosting of the web shop
type: external
owner:
  role: it-manager
supplies: Two machines and a database, looked after day and night.
attachments:
  - path: documents/suppliers/hosting.md
    sha256: 2cf3d8e27be2d2b4a5f0ab5ca1df2ec46abcd2c8cbf2a5c20d7a7d81b8a5ce4a
```

```markdown documents/suppliers/hosting.md
# What we ask of whoever hosts the web shop
```

## Right

```yaml records/suppliers/SUP-hosting.yaml
id: SUP-hosting
schema_version: 1
title: Hosting of the web shop
type: external
owner:
  role: it-manager
supplies: Two machines and a database, looked after day and night.
attachments:
  - path: documents/suppliers/hosting.md
    sha256: a3fdd4d26ac321a532f7a8b3b242e5fe47a013672e83527ef0d8f1d0f8eee41b
```

```markdown documents/suppliers/hosting.md
# What we ask of whoever hosts the web shop
```
"""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.finding import Finding, quote
from servicebook.record import Record
from servicebook.rules._documents import Attached, attached, departures, is_content, kept

CLAUSES = ("7.5.3",)


def note(record: Record) -> list[Attached] | None:
    return [file for file in attached(record) if not is_content(record, file.pointer)] or None


def check_book(book: Book) -> Iterator[Finding]:
    for name, files in book.notes("attachment-differs").items():
        for file, why in departures(book, kept(files)):
            yield book.by_id[name].finding(
                (*file.pointer, "sha256"),
                f"The file {quote(file.path)} is not the one that {name} names: it {why}.",
                "Put the file back as it was attached, or attach the new one under a name of its own.",
            )
