"""servicebook metrics."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from servicebook.commands._shared import at_option, book_root, book_root_or_here, print_rows
from servicebook.errors import Problem

if TYPE_CHECKING:
    from servicebook.commands._basis import Basis
    from servicebook.metrics import Engine, Measure, Metric, Period, Targets
    from servicebook.tree import Tree

PERIOD = "2026, 2026-Q1, 2026-03 or 2026-01-01..2026-03-31.  [default: the quarter of the latest event]"
BY = "Group by service, priority, category, channel, month, …; may be repeated."
AS_OF = "Look no further than an instant or a day.  [default: the latest event or the commit, whichever is later]"
PREVIOUS = "How many periods before to measure as well.  [default: table 1, json 3, csv and openmetrics 0]"
PREVIOUS_BY_FORMAT = {"table": 1, "json": 3, "csv": 0, "openmetrics": 0}
MOST_PREVIOUS = 100
ENGINES = ("duckdb", "spark")


@click.command
@click.argument("names", nargs=-1, metavar="[METRIC]...")
@click.option("--period", "label", metavar="PERIOD", help=PERIOD)
@click.option("--by", "by", metavar="DIMENSION", multiple=True, help=BY)
@at_option
@click.option("--as-of", "instant", metavar="TIME", help=AS_OF)
@click.option("--previous", metavar="N", type=click.IntRange(0, MOST_PREVIOUS), help=PREVIOUS)
@click.option(
    "--facts",
    "folders",
    metavar="DIR",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Measure facts that servicebook facts --format parquet wrote, and not this book; one DIR for each book.",
)
@click.option(
    "--engine", type=click.Choice(ENGINES), default="duckdb", show_default=True, help="What runs the queries."
)
@click.option("--zone", "zone_name", metavar="ZONE", help="With --facts of books in several time zones: where to cut.")
@click.option(
    "--cache/--no-cache", default=True, help="Whether to use and keep what earlier runs made.  [default: cache]"
)
@click.option("--records", is_flag=True, help="The records behind each figure, with --format json.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv", "openmetrics"]),
    default="table",
    show_default=True,
    help="How to print it.",
)
@click.pass_context
def command(
    ctx: click.Context,
    names: tuple[str, ...],
    label: str | None,
    by: tuple[str, ...],
    revision: str | None,
    instant: str | None,
    previous: int | None,
    folders: tuple[Path, ...],
    engine: str,
    zone_name: str | None,
    cache: bool,
    records: bool,
    form: str,
) -> None:
    """Measure the book over a period.

    Each figure comes with the number of records it rests on, and of those left out with the reasons; with what
    was agreed for it or set as an objective; and with the figure of the period before.
    Periods are cut in the organisation's time zone. Without METRIC, all of them.

    With --facts the facts of one or many books are measured, as they were written, with DuckDB or with Apache
    Spark; the dimension book tells them apart. What was agreed is not among the facts: no figure has a target then.
    """
    from servicebook.commands import _basis, _measures, _measures_table, _openmetrics
    from servicebook.metrics import choose, measure, measure_all, read_metrics
    from servicebook.tree import open_tree

    if records and form != "json":
        raise Problem("--records goes with --format json.", "Add --format json.")
    _basis.check_given(folders, engine, zone_name, revision or instant)
    tree = open_tree(book_root_or_here(ctx) if folders else book_root(ctx), revision)
    chosen = choose(read_metrics(tree), names)
    looked = _gathered(folders, zone_name, engine, label) if folders else _book(tree, instant, label, cache)
    by = tuple(dict.fromkeys(by))
    number = PREVIOUS_BY_FORMAT[form] if previous is None else previous
    source, period, targets = looked.source, looked.period, looked.targets
    if names:
        found = [measure(source, metric, period, by, previous=number, targets=targets) for metric in chosen]
    else:
        found = measure_all(source, chosen, period, by, previous=number, targets=targets)
        _tell_left(chosen, found, by)
    if form == "json":
        click.echo(_measures.as_json(looked.basis, period, found, records))
    elif form == "csv":
        print_rows(_measures.csv_header(by), _measures.csv_rows(found), form, "metrics")
    elif form == "openmetrics":
        click.echo(_openmetrics.exposition(looked.basis, period, found), nl=False)
    else:
        click.echo(_measures.heading(looked.basis, period) + "\n")
        click.echo("\n".join(_measures_table.table(found, by)))
    if looked.later:
        events = "1 event that lies" if looked.later == 1 else f"{looked.later} events that lie"
        click.echo(f"Note: no figure sees {events} after that instant; --as-of names another.", err=True)
    if unusable := looked.basis.unusable:
        files = "1 file" if unusable == 1 else f"{unusable} files"
        note = f"Note: no figure counts {files} under records/ that cannot be used; servicebook validate says why."
        click.echo(note, err=True)


class _Looked(NamedTuple):
    """What is measured, over which period and against which targets; `later` events that it does not see."""

    basis: "Basis"
    source: "Engine"
    period: "Period"
    targets: "Targets | None"
    later: int


def _book(tree: "Tree", instant: str | None, label: str | None, cache: bool) -> _Looked:
    """This book, as of an instant that was given or that follows from it."""
    from servicebook.commands import _basis
    from servicebook.metrics import Period
    from servicebook.metrics.kept import look_at
    from servicebook.validation.cache import tool_digest

    view = look_at(tree, instant, tool_digest() if cache else None)
    zone, outline = view.engine.zone, view.outline
    period = Period.parse(label, zone) if label else Period.quarter_of(outline.latest, zone)
    return _Looked(_basis.of_book(view), view.engine, period, view.targets, 0 if instant else outline.later)


def _gathered(folders: Sequence[Path], zone_name: str | None, engine: str, label: str | None) -> _Looked:
    """Facts that were written before."""
    from servicebook.commands import _basis
    from servicebook.metrics import Period

    basis, source = _basis.of_folders(folders, zone_name, engine)
    period = Period.parse(label, source.zone) if label else Period.quarter_of(basis.as_of, source.zone)
    return _Looked(basis, source, period, None, 0)


def _tell_left(chosen: "Sequence[Metric]", found: "Sequence[Measure]", by: Sequence[str]) -> None:
    """Says which metrics cannot be grouped as asked. Raises Problem where none can."""
    from servicebook.finding import quote

    measured = {measure.metric.name for measure in found}
    left = [metric.name for metric in chosen if metric.name not in measured]
    wanted = " and ".join(quote(name) for name in by)
    if not found:
        hint = "servicebook explain METRIC shows the columns of its query."
        raise Problem(f"No metric can be grouped by {wanted}.", hint)
    if left:
        click.echo(f"Note: not measured, for it cannot be grouped by {wanted}: {', '.join(left)}.", err=True)
