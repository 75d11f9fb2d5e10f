"""A record names a file that is not there.

A record that points at a signed contract or a report is evidence only with the file: whoever checks it
opens the file next. The file lies in documents/ of this book. Of records with versions, those of the version in
force must be there; what an earlier version named is in the history of the repository.

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
from servicebook.rules._documents import FOLDER, Attached, attached, kept

CLAUSES = ("7.5.3",)


def note(record: Record) -> list[Attached] | None:
    return attached(record) or None


def check_book(book: Book) -> Iterator[Finding]:
    there = {entry.path: entry.sort for entry in book.tree.entries(FOLDER)}
    for name, files in book.notes("attachment-missing").items():
        for file in kept(files):
            if there.get(file.path) != "file" and file.holds_on(book.today):
                what = f"a {there[file.path]}, not a file" if file.path in there else "not there"
                yield book.by_id[name].finding(
                    (*file.pointer, "path"),
                    f"The file {quote(file.path)} is {what}.",
                    "Put the file there and commit it, or correct the path.",
                )
