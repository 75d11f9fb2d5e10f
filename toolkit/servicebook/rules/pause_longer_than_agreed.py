"""A pause lasted longer than the agreement lets it stop the clock.

After the maximum the clock goes on although nobody works. A record that still waits then is often one that nobody
looked at again: the customer was not reminded, or the answer came and was not seen.

The agreements are those in force on the day on which the record was opened, and the length is in the time of the
targets that its priority has in them: in working time, or in all time. A pause that is on is counted up to the instant
from which the book is judged.

## Wrong

```yaml records/slas/SLA-online-shop.yaml
id: SLA-online-shop
schema_version: 2
title: Online shop
services: [SVC-online-shop]
customer: retail-director
versions:
  - version: 1
    valid_from: 2025-02-01
    matrix: MTX-standard
    targets:
      - {measure: resolution, limit: 48h, time: elapsed}
    clock_stops:
      - {code: waiting-for-customer, maximum: 24h}
```

```yaml records/incidents/2026/INC-20260304-k7q2.yaml
id: INC-20260304-k7q2
schema_version: 1
title: Voucher is refused at the till
service: SVC-online-shop
impact: medium
urgency: high
timeline:
  - {at: 2026-03-04T09:02:00+01:00, event: opened}
  - {at: 2026-03-04T09:30:00+01:00, event: paused, code: waiting-for-customer}
  - {at: 2026-03-09T14:10:00+01:00, event: resumed}
```

## Right

```yaml records/slas/SLA-online-shop.yaml
id: SLA-online-shop
schema_version: 2
title: Online shop
services: [SVC-online-shop]
customer: retail-director
versions:
  - version: 1
    valid_from: 2025-02-01
    matrix: MTX-standard
    targets:
      - {measure: resolution, limit: 48h, time: elapsed}
    clock_stops:
      - {code: waiting-for-customer, maximum: 24h}
```

```yaml records/incidents/2026/INC-20260304-k7q2.yaml
id: INC-20260304-k7q2
schema_version: 1
title: Voucher is refused at the till
service: SVC-online-shop
impact: medium
urgency: high
timeline:
  - {at: 2026-03-04T09:02:00+01:00, event: opened}
  - {at: 2026-03-04T09:30:00+01:00, event: paused, code: waiting-for-customer}
  - {at: 2026-03-05T09:20:00+01:00, event: resumed}
```
"""

from collections.abc import Iterator
from typing import Any

from servicebook.book import Book
from servicebook.clock import Agreements, Calendar
from servicebook.clock.hours import count
from servicebook.clock.terms import Stop, Terms
from servicebook.finding import Finding, quote
from servicebook.kinds import Kind
from servicebook.record import Record
from servicebook.rules._pauses import Pause, Paused, Wait, agreed, noted, paused, pauses

CLAUSES = ("8.3.3", "8.6.1")
SEVERITY = "warning"


def applies(kind: Kind) -> bool:
    return pauses(kind)


def note(record: Record) -> list[Any] | None:
    """The pauses of the record."""
    return noted(record)


def check_book(book: Book) -> Iterator[Finding]:
    agreements = Agreements(book)
    for case in paused(book, agreements, _too_long):
        for pause in case.pauses:
            told = next(_passed(book, case, pause, agreements), None)
            if told is not None:
                yield case.record.finding(
                    pause.pointer,
                    f"The pause for {quote(pause.code)} lasted {told}.",
                    "The clock goes on after that: remind who is waited for, or resume the work.",
                )


def _too_long(stop: Stop, wait: Wait) -> bool:
    """Whether it is too long where every hour counts; working time is never more."""
    return stop.maximum is not None and count(None, wait.start, wait.end) > stop.maximum


def _passed(book: Book, case: Paused, pause: Pause, agreements: Agreements) -> Iterator[str]:
    """How long the pause was and what was agreed, for each agreement whose maximum it passed."""
    end = min(pause.end or book.as_of, book.as_of)
    for terms, sla in agreed(case.service, case.day, agreements):
        stop = terms.stops.get(pause.code)
        for hours in _hours(case, terms, sla, agreements) if stop is not None and stop.maximum is not None else ():
            seconds = count(hours, pause.start, end)
            if stop is not None and stop.maximum is not None and seconds > stop.maximum:
                time = "" if hours is None else " of working time"
                yield (
                    f"{_length(seconds)}{time}, and {terms.agreement} version {terms.version} lets it stop the clock "
                    f"for {_length(stop.maximum)} at most"
                )


def _hours(case: Paused, terms: Terms, sla: Terms, agreements: Agreements) -> Iterator[Calendar | None]:
    """The hours of the targets that the case has under these terms; None where every hour counts."""
    level = agreements.levels(sla.matrix or "", case.day).of(case.impact, case.urgency).level
    targets = [
        target
        for target in terms.targets
        if target.fits(case.record.kind.name, case.service, case.request_type) and target.priority in (None, level)
    ]
    if any(not target.working for target in targets):
        yield None
    if terms.calendar is not None and any(target.working for target in targets):
        hours = agreements.hours(terms.calendar, case.day).calendar
        if hours is not None:
            yield hours


def _length(seconds: int) -> str:
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}h{minutes}m" if hours and minutes else f"{hours}h" if hours else f"{minutes}m"
