"""servicebook coverage."""

from typing import TYPE_CHECKING

import click

from servicebook.commands._shared import at_option, book_root, format_option, print_rows

if TYPE_CHECKING:
    from servicebook.standards import ClauseState

FAILING = {"missing": ("missing",), "stale": ("missing", "stale")}


@click.command
@click.option("--standard", default="iso20000-1-2018", show_default=True, metavar="NAME", help="Which standard.")
@click.option("--clause", metavar="NUMBER", help="Only this clause and those below it, with all that they ask for.")
@at_option
@click.option(
    "--as-of",
    "instant",
    metavar="TIME",
    help="Look from an instant or a day.  [default: the time of the commit, or of the last one]",
)
@click.option(
    "--fail-on",
    type=click.Choice(list(FAILING)),
    help="Exit with 1 where a clause is missing evidence, or where it is missing or stale.",
)
@format_option
@click.pass_context
def command(
    ctx: click.Context,
    standard: str,
    clause: str | None,
    revision: str | None,
    instant: str | None,
    fail_on: str | None,
    form: str,
) -> int:
    """Show for each clause of a standard what the book has as evidence, and what is missing.

    A clause is met, stale (evidence there is has grown too old), missing, not due yet, or out of scope. The last
    column says what would close the gap. Records that their schema refuses do not count.
    """
    from servicebook.book import read_book
    from servicebook.commands import _coverage
    from servicebook.standards import choose, coverage, read_standards
    from servicebook.tree import open_tree
    from servicebook.validation.looking import look_at

    tree = open_tree(book_root(ctx), revision)
    chosen = choose(read_standards(tree), standard)
    book = read_book(tree)
    look = look_at(tree, book.config, instant)
    states = _coverage.of_clause(coverage(book, chosen, look.today), chosen, clause)
    if form == "json":
        click.echo(_coverage.as_json(book, chosen, look, states))
    elif clause is None or form == "csv":
        print_rows(_coverage.header(form), [_coverage.row(state, form) for state in states], form, "coverage")
    else:
        click.echo("\n\n".join(_coverage.page(state) for state in states))
    click.echo(_coverage.summary(book, chosen, look, states), err=True)
    if book.refused or any(not record.valid for record in book.all):
        click.echo("Note: some files under records/ do not count; servicebook validate says why.", err=True)
    return 1 if fail_on and any(state.state in FAILING[fail_on] for state in _leaves(states)) else 0


def _leaves(states: list["ClauseState"]) -> list["ClauseState"]:
    return [state for state in states if not state.clause.below]
