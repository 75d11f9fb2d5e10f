"""The scope in servicebook.toml names what there is not, or begins on a day to come.

`[scope]` decides what is asked of the book. A misspelt service or clause leaves out what was meant to be in view, and
a day `since` that lies ahead makes nothing due until then: each would be silent, and look like a book in good order.
Services are those of the book, clauses those of ISO/IEC 20000-1.

## Wrong

```yaml servicebook.toml
[scope]
since = 2062-01-22
```

## Right

```yaml servicebook.toml
[scope]
since = 2026-01-22
```
"""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from servicebook.book import Book
from servicebook.clock import zone
from servicebook.config import NAME
from servicebook.finding import Finding, quote
from servicebook.standards import HOME, read_standards
from servicebook.tree import Unreadable

CLAUSES = ("4.3",)
SUPPRESSIBLE = False


def check_book(book: Book) -> Iterator[Finding]:
    config = book.config
    if config.since is not None and config.since > book.look.horizon.astimezone(zone(book.config.zone)).date():
        message = f"since is {config.since}, which is still to come: nothing would be due until then."
        yield _finding(book, "since", message, "Write the day on which the management system began.")
    services = [service.id for service in book.records("service")]
    yield from _unknown(book, "services", config.services, services, "service")
    if config.clauses or config.excluded:
        clauses = list(read_standards(book.tree)[HOME].clauses)
        yield from _unknown(book, "clauses", config.clauses, clauses, "clause")
        yield from _unknown(book, "excluded", config.excluded, clauses, "clause")


def _unknown(book: Book, setting: str, named: Iterable[str], known: list[str], what: str) -> Iterator[Finding]:
    for name in named:
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = f"Did you mean {near[0]}?" if near else "Correct it, or take it out."
            yield _finding(book, name, f"{setting} in [scope] names {quote(name)}, and there is no such {what}.", hint)


def _finding(book: Book, word: str, message: str, hint: str) -> Finding:
    """At the first line of the configuration that has the word."""
    try:
        text = book.tree.read(NAME).decode("utf-8", "replace")
    except Unreadable:
        text = ""
    found = re.search(re.escape(word), text)
    return Finding(NAME, text.count("\n", 0, found.start()) + 1 if found else 1, 1, "", message, hint)
