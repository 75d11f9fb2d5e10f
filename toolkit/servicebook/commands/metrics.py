"""servicebook metrics."""

import click

from servicebook.commands._shared import at_option, book_root, format_option, print_rows
from servicebook.errors import Problem

PERIOD = "2026, 2026-Q1, 2026-03 or 2026-01-01..2026-03-31.  [default: the quarter of the latest event]"
BY = "Group by service, priority, category, channel, month, …; may be repeated."
AS_OF = "Look no further than an instant or a day.  [default: the latest event or the commit, whichever is later]"


@click.command
@click.argument("names", nargs=-1, metavar="[METRIC]...")
@click.option("--period", "label", metavar="PERIOD", help=PERIOD)
@click.option("--by", "by", metavar="DIMENSION", multiple=True, help=BY)
@at_option
@click.option("--as-of", "instant", metavar="TIME", help=AS_OF)
@click.option("--records", is_flag=True, help="The records behind each figure, with --format json.")
@format_option
@click.pass_context
def command(
    ctx: click.Context,
    names: tuple[str, ...],
    label: str | None,
    by: tuple[str, ...],
    revision: str | None,
    instant: str | None,
    records: bool,
    form: str,
) -> None:
    """Measure the book over a period.

    Each figure comes with the number of records it rests on, and of those left out with the reasons.
    Periods are cut in the organisation's time zone. Without METRIC, all of them.
    """
    from servicebook import facts as fact_tables
    from servicebook.book import read_book
    from servicebook.clock import zone
    from servicebook.commands import _measures
    from servicebook.metrics import Period, choose, measure, read_metrics
    from servicebook.tree import open_tree

    if records and form != "json":
        raise Problem("--records goes with --format json.", "Add --format json.")
    tree = open_tree(book_root(ctx), revision)
    chosen = choose(read_metrics(tree), names)
    book = read_book(tree)
    local = zone(book.config.zone)
    as_of = fact_tables.parse_as_of(instant, local) if instant else fact_tables.default_as_of(book)
    latest = fact_tables.latest_event(book, until=as_of) or as_of
    period = Period.parse(label, local) if label else Period.quarter_of(latest, local)
    facts = fact_tables.compute(book, as_of)
    by = tuple(dict.fromkeys(by))
    found = [measure(facts, metric, period, by) for metric in chosen]
    if form == "json":
        click.echo(_measures.as_json(book, facts, period, found, records))
    elif form == "csv":
        print_rows(_measures.csv_header(by), _measures.csv_rows(found), form, "metrics")
    else:
        click.echo(_measures.heading(book, facts, period))
        print_rows(_measures.table_header(by), _measures.table_rows(found), form, "metrics")
    if not instant and (later := fact_tables.events_after(book, as_of)):
        events = "1 event that lies" if later == 1 else f"{later} events that lie"
        click.echo(f"Note: no figure sees {events} after that instant; --as-of names another.", err=True)
    if facts.unusable:
        files = "1 file" if facts.unusable == 1 else f"{facts.unusable} files"
        note = f"Note: no figure counts {files} under records/ that cannot be used; servicebook validate says why."
        click.echo(note, err=True)
