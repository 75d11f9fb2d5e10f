"""servicebook renumber."""

import click

from servicebook.commands._shared import book_root


@click.command
@click.argument("target", metavar="ID|PATH")
@click.argument("new", metavar="[NEW]", required=False)
@click.option(
    "--links",
    "along",
    multiple=True,
    metavar="PATH",
    help="Where two files share the id: a record whose links mean the one that gets another. May be given often.",
)
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.pass_context
def command(ctx: click.Context, target: str, new: str | None, along: tuple[str, ...], dry_run: bool) -> None:
    """Give a record another id: in its file, in the file's name, and in every record that names it.

    Where two files share an id, as after a merge of two branches, name the file that gets another. Without
    NEW an id is made, for ids with a date. Where the file of a record is not named like its id, it is renamed.
    A run that was stopped is completed by the same command.
    """
    from servicebook.authoring.renumbering import carry_out, plan_for_file, plan_for_id, still_named
    from servicebook.book import read_book
    from servicebook.commands._paths import inside
    from servicebook.errors import Problem
    from servicebook.finding import inert_line
    from servicebook.tree import open_tree
    from servicebook.writing import sweep

    root = book_root(ctx)
    if not dry_run:
        sweep(root)
    book = read_book(open_tree(root))
    is_path = "/" in target or target.endswith(".yaml")
    if along and not is_path:
        raise Problem("--links is for two files that share an id.", "Name the file that gets another.")
    if is_path:
        plan = plan_for_file(book, inside(book.tree, target), new, [inside(book.tree, path) for path in along])
    else:
        plan = plan_for_id(book, target, new)
    left = still_named(book, plan)
    if not dry_run:
        carry_out(root, plan)
    for line in plan.lines():
        click.echo(line)
    for path in left:
        click.echo(f"Note: {inert_line(path)} still names {inert_line(plan.old)}.", err=True)
