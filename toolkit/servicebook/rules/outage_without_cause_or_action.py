"""An unplanned loss of service ended a month ago, and its cause or what was done about it is not written down.

Availability gets better by looking into what nobody had planned. An auditor takes one month of outages and asks of
each why it came and what was changed so that it does not come again. "Unknown" can be a cause, when it says what was
looked at.

Within 30 days after its end an outage may be without both. One that was imported may lack what its source never said,
and what ended before the management system began (`since` under `[scope]` in `servicebook.toml`) is left alone.

## Wrong

```yaml records/outages/OUT-20260318-w4kd.yaml
id: OUT-20260318-w4kd
schema_version: 1
title: Online shop down after a certificate ran out
type: outage
services: [SVC-online-shop]
from: 2026-03-18T06:10:00+01:00
to: 2026-03-18T07:25:00+01:00
cause: The renewed certificate was never put in place on the second server.
```

## Right

```yaml records/outages/OUT-20260318-w4kd.yaml
id: OUT-20260318-w4kd
schema_version: 1
title: Online shop down after a certificate ran out
type: outage
services: [SVC-online-shop]
from: 2026-03-18T06:10:00+01:00
to: 2026-03-18T07:25:00+01:00
cause: The renewed certificate was never put in place on the second server.
action: Renewal now reloads both servers.
```
"""

from collections.abc import Iterator
from typing import Any

from servicebook.book import Book
from servicebook.finding import Finding
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._timeline import waited

CLAUSES = ("8.7.1",)

_DAYS_TO_LOOK = 30
_SAYS = {"cause": "why it came", "action": "what was done so that it does not come again"}


def applies(kind: Kind) -> bool:
    return kind.name == "outage"


def note(record: Record) -> list[Any] | None:
    """When the outage ended, and which of the two it lacks."""
    ended = record.part.moment("to")
    lacking = [name for name in ("cause", "action") if name not in record.part]
    if record.part.part("source"):
        return None
    unplanned = record.part.text("type") in ("outage", "degradation")
    return [ended.isoformat(), lacking] if ended is not None and lacking and unplanned else None


def check_book(book: Book) -> Iterator[Finding]:
    for name, (ended, lacking) in book.notes("outage-without-cause-or-action").items():
        if waited(book, ended, _DAYS_TO_LOOK):
            yield book.by_id[name].part.finding(
                "to",
                f"The outage ended more than {_DAYS_TO_LOOK} days ago and has no {' and no '.join(lacking)}.",
                " ".join(f"Add {field}: with {_SAYS[field]}." for field in lacking),
            )
