"""How the records of a register spread over the months, by the first of its columns that holds one of a few values."""

from collections import Counter
from collections.abc import Mapping, Sequence

from servicebook.kinds import Kind
from servicebook.pages import charts
from servicebook.pages.charts import Chart, Series
from servicebook.pages.edition import Edition
from servicebook.pages.inert import visible
from servicebook.pages.study import Study
from servicebook.record import Record

FEWEST = 5
"""Records from which a picture says more than the table."""

STATUS = "status"


def spread(
    kind: Kind, records: Sequence[Record], days: Mapping[str, str], study: Study, edition: Edition
) -> Chart | None:
    """Bars for each month up to the latest; None where there is little to draw. `days` are those of the records."""
    dated = [record for record in records if days[record.id]]
    column = next((name for name in kind.columns if _has_few_values(kind, name)), None)
    if len(dated) < FEWEST:
        return None
    months = _months(sorted(days[record.id][:7] for record in dated))
    counts = Counter((days[record.id][:7], _value(record, column, study, edition)) for record in dated)
    shown = _shown(counts, edition)
    series = [
        Series(title, [sum(counts[month, value] for value in values) for month in months]) for title, values in shown
    ]
    by = f"{kind.plural(edition.language)}: {edition.words.plain('register.by-month')}"
    rows = [[month, *(str(one.values[at]) for one in series)] for at, month in enumerate(months)]
    heads = [edition.words.plain("metric.month"), *(one.title for one in series)]
    return Chart(by, charts.bars(months, series, by, stacked=True), heads, rows)


def _has_few_values(kind: Kind, name: str) -> bool:
    found = kind.property((name,))
    return "enum" in found or (name == STATUS and not found and kind.lifecycle is not None)


def _value(record: Record, column: str | None, study: Study, edition: Edition) -> str:
    if column is None:
        return record.kind.plural(edition.language)
    value = record.data.get(column)
    if value is None and column == STATUS and record.kind.lifecycle is not None:
        case = study.case(record)
        status = case.timeline.status if case else None
        return visible(edition.word(record.kind.lifecycle.states.get(status or "", {}), status or "–"))
    label = edition.place("").outline.label(record.kind, value, column) if isinstance(value, str) else "–"
    return label[:1].upper() + label[1:]


def _shown(counts: Mapping[tuple[str, str], int], edition: Edition) -> list[tuple[str, list[str]]]:
    """As many rows of bars as there are colours: the most frequent values, and all others as one."""
    totals: Counter[str] = Counter()
    for (_, value), count in counts.items():
        totals[value] += count
    order = [value for value, _ in sorted(totals.items(), key=lambda pair: (-pair[1], pair[0]))]
    most = len(charts.COLOURS)
    if len(order) <= most:
        return [(value, [value]) for value in order]
    first, rest = order[: most - 1], order[most - 1 :]
    return [*((value, [value]) for value in first), (edition.words.plain("register.others"), rest)]


def _months(found: Sequence[str]) -> list[str]:
    """Every month from the first to the last, of these the latest that a chart can hold."""
    year, month = map(int, found[-1].split("-"))
    months: list[str] = []
    while len(months) < charts.MOST_MONTHS and f"{year:04}-{month:02}" >= found[0]:
        months.append(f"{year:04}-{month:02}")
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return months[::-1]
