"""servicebook new."""

import click

from servicebook.commands._shared import book_root


@click.command
@click.argument("kind")
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="PATH=VALUE",
    help="A field of the record, such as impact=high or timeline.0.by=service-desk. May be given often.",
)
@click.option("--id", "record_id", metavar="ID", help="The id, where it shall not be made.")
@click.option("--at", "moment", metavar="TIME", help="When it happened (RFC 3339, with offset).  [default: now]")
@click.pass_context
def command(ctx: click.Context, kind: str, settings: tuple[str, ...], record_id: str | None, moment: str | None) -> int:
    """Write a new record of a kind that is valid at once, and print its path.

    It holds what the kind requires. Open it in an editor and go on from there: the first line tells the
    editor its schema.
    """
    from servicebook.authoring.drafting import draft
    from servicebook.clock import zone
    from servicebook.commands._drafts import given_or_now, show_new
    from servicebook.errors import Problem
    from servicebook.tree import open_tree
    from servicebook.validation.judging import judge_draft, validated_book
    from servicebook.writing import create, sweep

    root = book_root(ctx)
    sweep(root)
    book, _ = validated_book(open_tree(root))
    here = zone(book.config.zone)
    made = draft(book, book.kinds.named(kind), settings, given_or_now(moment, here), here, record_id)
    if made.id.casefold() in {known.casefold() for known in book.ids()}:
        raise Problem(f"There is a record {made.id} already.", "Give another with --id.")
    if show_new(judge_draft(book, made.path, made.text)):
        return 1
    create(root, made.path, made.text)
    click.echo(made.path)
    return 0
