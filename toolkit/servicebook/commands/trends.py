"""servicebook trends."""

import click

from servicebook.commands._shared import at_option, book_root, format_option, print_rows

PERIOD = "Only the months within 2026, 2026-Q1 or 2025-07-01..2026-06-30.  [default: all whole months of the book]"
BY = "A chart for each service, priority, category, …"
AS_OF = "Look no further than an instant or a day.  [default: the latest event or the commit, whichever is later]"


@click.command
@click.argument("names", nargs=-1, metavar="[METRIC]...")
@click.option("--by", "by", metavar="DIMENSION", help=BY)
@click.option("--period", "label", metavar="PERIOD", help=PERIOD)
@at_option
@click.option("--as-of", "instant", metavar="TIME", help=AS_OF)
@format_option
@click.pass_context
def command(
    ctx: click.Context,
    names: tuple[str, ...],
    by: str | None,
    label: str | None,
    revision: str | None,
    instant: str | None,
    form: str,
) -> None:
    """Show month by month whether a metric has changed or only varies as it always did.

    Each metric becomes a control chart: a centre and limits from its first twelve months, and the rules by which
    later months differ from them. A signal says that something is different, and not why. The latest month stands
    beside the same month a year before. Without METRIC, all of them that the dimension suits.

    Charts: p for shares, c for few things a month, xmr for every other figure.
    """
    import json

    from servicebook.clock import zone
    from servicebook.commands import _trends
    from servicebook.commands._looking import facts_of, heading
    from servicebook.foresight.points import months
    from servicebook.foresight.trends import trends
    from servicebook.metrics import Period, choose, dimensions, measure, read_metrics

    book, facts = facts_of(book_root(ctx), revision, instant)
    chosen = choose(read_metrics(book.tree), names)
    if by is not None and not names:
        chosen = [metric for metric in chosen if by in dimensions(facts, metric)] or chosen
    over = months(facts)
    if label is not None:
        span = Period.parse(label, zone(book.config.zone))
        over = [month for month in over if span.start <= month.start and month.end <= span.end]
    found = [
        trend
        for metric in chosen
        for trend in trends(metric, over, lambda one, period, by: measure(facts, one, period, by), by)
    ]
    if form == "json":
        click.echo(json.dumps(_trends.content(book, facts, over, by, found), ensure_ascii=False, indent=2))
    else:
        if form == "table":
            click.echo(heading(book, facts))
        print_rows(_trends.header(by), [_trends.row(trend, by) for trend in found], form, "trends")
