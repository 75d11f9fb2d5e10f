"""servicebook claims."""

import click

from servicebook.commands._shared import at_option, book_root, format_option, print_rows

AS_OF = "Look no further than an instant or a day.  [default: the latest event or the commit, whichever is later]"


@click.command
@at_option
@click.option("--as-of", metavar="TIME", help=AS_OF)
@format_option
@click.pass_context
def command(ctx: click.Context, revision: str | None, as_of: str | None, form: str) -> None:
    """Compare what the sources of imported incidents claim with what the book computes.

    A source's own priority and made_sla are kept as its claims. Each claim that differs is listed; how many
    agree, and why others cannot be compared, is told on standard error. Exit code 1: some differ.
    """
    from servicebook.book import read_book
    from servicebook.clock import zone
    from servicebook.facts import compute, default_as_of, parse_as_of
    from servicebook.importers._claims import compare
    from servicebook.tree import open_tree

    book = read_book(open_tree(book_root(ctx), revision))
    instant = parse_as_of(as_of, zone(book.config.zone)) if as_of else default_as_of(book)
    found = compare(compute(book, instant))
    rows = [[one.id, one.claim, one.claimed, one.computed, one.priority, one.detail] for one in found.disagreements]
    if rows or form != "table":
        print_rows(["id", "claim", "claimed", "computed", "priority", "rests on"], rows, form, "claims")
    for claim, priority, agreeing, differing in found.counts():
        click.echo(f"{claim} {priority}: {agreeing} agree, {differing} differ", err=True)
    for (claim, reason), count in sorted(found.not_compared.items()):
        click.echo(f"{claim}: {count} not compared: {reason}", err=True)
    ctx.exit(1 if rows else 0)
