"""A record quotes a figure that the book does not give, or not any more.

A figure with `metric:` can be worked out again: by this metric, over its period, as of its instant, for the service,
agreement or priority that it names. Whoever reads the report or the minutes relies on that. When a record is corrected
afterwards, or a metric, the figure that was quoted from it is stale, and nobody sees that but here. A figure is
compared at the digits that it has.

A figure is also found here that nobody can work out: there is no such metric, the metric does not know what the figure
is limited to, the period was not over at the instant and the figure does not say `partial: true`, or the instant is
still to come.

## Wrong

```yaml records/service-reports/SRP-20260409-n2wy.yaml
id: SRP-20260409-n2wy
schema_version: 1
title: Online shop, first quarter
definition: RPD-online-shop
period: {from: 2026-01-01, to: 2026-03-31}
as_of: 2026-04-08T00:00:00+02:00
figures:
  - measure: Incidents opened
    metric: incidents-opened
    service: SVC-online-shop
    value: 3
    unit: incidents
    n: 3
trends: Fewer than in the quarter before.
```

```yaml records/incidents/2026/INC-20260312-g7xd.yaml
id: INC-20260312-g7xd
schema_version: 1
title: Payment page times out
service: SVC-online-shop
impact: high
urgency: medium
timeline:
  - {at: 2026-03-12T09:02:00+01:00, event: opened}
```

## Right

```yaml records/service-reports/SRP-20260409-n2wy.yaml
id: SRP-20260409-n2wy
schema_version: 1
title: Online shop, first quarter
definition: RPD-online-shop
period: {from: 2026-01-01, to: 2026-03-31}
as_of: 2026-04-08T00:00:00+02:00
figures:
  - measure: Incidents opened
    metric: incidents-opened
    service: SVC-online-shop
    value: 1
    unit: incidents
    n: 1
trends: Fewer than in the quarter before.
```

```yaml records/incidents/2026/INC-20260312-g7xd.yaml
id: INC-20260312-g7xd
schema_version: 1
title: Payment page times out
service: SVC-online-shop
impact: high
urgency: medium
timeline:
  - {at: 2026-03-12T09:02:00+01:00, event: opened}
```
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from servicebook.book import Book
from servicebook.errors import Problem
from servicebook.finding import Finding
from servicebook.quotes import Quote, quotes
from servicebook.record import Record

if TYPE_CHECKING:
    from servicebook.metrics.quoted import Recounted

CLAUSES = ("9.1", "9.4")
SEVERITY = "warning"

_SLACK = timedelta(days=1)


def note(record: Record) -> list[Any] | None:
    """What the record quotes."""
    return quotes(record) or None


def check_book(book: Book) -> Iterator[Finding]:
    kept = book.notes("quoted-figure-differs")
    if not kept:
        return
    told = [(book.by_id[record_id], Quote(*values)) for record_id, found in kept.items() for values in found]
    told = [(record, quote) for record, quote in told if book.focus in (None, record.path)]
    told.sort(key=lambda pair: (pair[1].as_of or "", pair[0].id))

    from servicebook.metrics.quoted import Fails, Recount  # and with it DuckDB: only where something is quoted

    names = {quote.metric for _, quote in told}
    failed: set[str] = set()
    recount: Recount | None = None
    for record, quote in told:
        if quote.as_of is not None and datetime.fromisoformat(quote.as_of) > book.look.horizon + _SLACK:
            message = f"The figure is said to be of {quote.as_of}, which is still to come."
            yield _finding(record, quote, "metric", message, "Correct as_of:, of the figure or of the record.")
            continue
        try:
            recount = recount or Recount(book, names)
            yield from _differences(record, quote, recount.figure(quote))
        except Fails as problem:  # once for all that is quoted of the metric
            if quote.metric not in failed:
                failed.add(quote.metric)
                yield _finding(record, quote, "metric", problem.message, problem.hint)
        except Problem as problem:
            yield _finding(record, quote, "metric", problem.message, problem.hint)
            if recount is None:  # a metric of the book cannot be read, and so none can be worked out
                return


def _differences(record: Record, quote: Quote, found: "Recounted") -> Iterator[Finding]:
    from servicebook.metrics.quoted import agrees, digits

    if not found.complete and not quote.partial:
        yield _finding(
            record, quote, "value",
            f"The period ends on {quote.last}, and the figure was taken before it was over.",
            "Add partial: true, or take the figure again with an as_of after the period.",
        )  # fmt: skip
    said = f"{quote.metric} of {quote.first} to {quote.last}"
    if not agrees(quote.value, found.value):
        now = "no figure" if found.value is None else f"{found.value:.{digits(quote.value or 0)}f} {found.unit}"
        yield _finding(
            record, quote, "value",
            f"The book gives {now} for {said}, and here stands {'none' if quote.value is None else quote.value}.",
            "Take the figure again, or correct the record that changed it: servicebook metrics.",
        )  # fmt: skip
    elif quote.n is not None and quote.n != found.n:
        yield _finding(
            record, quote, "n",
            f"In the book, {said} rests on {found.n}, and here stands {quote.n}.",
            "Take the figure again, or correct the record that changed it: servicebook metrics.",
        )  # fmt: skip


def _finding(record: Record, quote: Quote, field: str, message: str, hint: str) -> Finding:
    return record.finding((*quote.pointer, field), message, hint)
