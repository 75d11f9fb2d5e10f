"""Two ids differ only by characters that look alike.

`SVC-shop-l` and `SVC-shop-1` are two records, and whoever reads one aloud, writes it down or clicks it in a list
takes it for the other. `new` makes ids without such characters; ids that people choose are compared here.

## Wrong

```yaml records/services/SVC-till-1.yaml
id: SVC-till-1
schema_version: 1
title: Till, first floor
owner: shop-lead
criticality: vital
live_from: 2024-01-01
```

```yaml records/services/SVC-till-l.yaml
id: SVC-till-l
schema_version: 1
title: Till in Leiden
owner: shop-lead
criticality: vital
live_from: 2024-01-01
```

## Right

```yaml records/services/SVC-till-1.yaml
id: SVC-till-1
schema_version: 1
title: Till, first floor
owner: shop-lead
criticality: vital
live_from: 2024-01-01
```

```yaml records/services/SVC-till-leiden.yaml
id: SVC-till-leiden
schema_version: 1
title: Till in Leiden
owner: shop-lead
criticality: vital
live_from: 2024-01-01
```
"""

from collections.abc import Iterable, Iterator

from servicebook.book import Book
from servicebook.finding import Finding, inert_line, quote

_ONE_FOR_ALL = str.maketrans({"1": "l", "i": "l", "0": "o"})
_PAIRS = (("rn", "m"), ("vv", "w"))


def check_book(book: Book) -> Iterator[Finding]:
    first: dict[str, str] = {}
    ids = sorted(book.by_id)
    for record_id, drawn in zip(ids, as_drawn(ids), strict=True):
        earlier = first.setdefault(drawn, record_id)
        if earlier.casefold() != record_id.casefold():  # ids that differ in capitals alone are duplicate-id's
            yield book.by_id[record_id].finding(
                ("id",),
                f"The id {quote(record_id)} looks like {quote(earlier)} in {inert_line(book.by_id[earlier].path)}.",
                "Give one of the two an id that nobody can misread.",
            )


def as_drawn(ids: Iterable[str]) -> list[str]:
    """Each id with one character for all those that look like it. All at once: a book has thousands of ids."""
    text = "\n".join(record_id.replace("\n", " ") for record_id in ids).casefold()
    for pair, drawn in _PAIRS:
        text = text.replace(pair, drawn)
    return text.translate(_ONE_FOR_ALL).split("\n") if text else []
