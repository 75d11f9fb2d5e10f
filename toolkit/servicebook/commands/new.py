"""servicebook new."""

import click

from servicebook.commands._shared import book_root


@click.command
@click.argument("kind_name", metavar="KIND")
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="PATH=VALUE",
    help="A field of the record, such as impact=high or timeline.0.by=service-desk. May be given often.",
)
@click.option("--id", "record_id", metavar="ID", help="The id, where it shall not be made.")
@click.option("--at", "moment", metavar="TIME", help="When it happened (RFC 3339, with offset).  [default: now]")
@click.option(
    "--comments/--no-comments", default=True, help="Whether comments say what each field is for.  [default: comments]"
)
@click.pass_context
def command(
    ctx: click.Context,
    kind_name: str,
    settings: tuple[str, ...],
    record_id: str | None,
    moment: str | None,
    comments: bool,
) -> int:
    """Write a new record of a kind that is valid at once, and print its path.

    On a terminal it asks for what the kind requires and no more; with --set, or where nobody can answer, it
    asks nothing and takes the rest from the kind's example. Comments in the file say what each field is for,
    and its first line tells an editor the schema. Open it and go on from there.
    """
    import sys

    from servicebook.authoring.drafting import drafts
    from servicebook.authoring.settings import parse
    from servicebook.authoring.starting import schemas_to_keep
    from servicebook.clock import zone
    from servicebook.commands._asking import ask
    from servicebook.commands._drafts import given_or_now, has_errors, show_new
    from servicebook.errors import Problem
    from servicebook.tree import open_tree
    from servicebook.validation.judging import book_to_write_in, judge_draft
    from servicebook.writing import create, sweep

    root = book_root(ctx)
    sweep(root)
    book = book_to_write_in(open_tree(root))
    kind = book.kinds.named(kind_name)
    here = zone(book.config.zone)
    now = given_or_now(moment, here)
    given = [parse(text) for text in settings]
    if not given and sys.stdin.isatty():
        given = ask(book, kind, next(drafts(book, kind, given, now, here, record_id)).data, record_id)
    found = None
    for made in drafts(book, kind, given, now, here, record_id, comments=comments):
        if made.id.casefold() in {known.casefold() for known in book.ids()}:
            raise Problem(f"There is a record {made.id} already.", "Give another with --id.")
        report = judge_draft(book, made.path, made.text)
        found = found or (made, report)  # what is told where none will do
        if not has_errors(report):
            found = made, report
            break
    assert found is not None
    made, report = found
    if show_new(report):
        return 1
    for path, text in schemas_to_keep(book.tree, kind.name).items():
        create(root, path, text)
        click.echo(f"Added {path}, for this book keeps its own schemas.", err=True)
    create(root, made.path, made.text)
    click.echo(made.path)
    return 0
