"""servicebook kinds."""

import click

from servicebook.commands._shared import book_root_or_here, format_option, print_rows


@click.command
@format_option
@click.pass_context
def command(ctx: click.Context, form: str) -> None:
    """List the kinds of records, their folders and where each is defined."""
    from servicebook.kinds import read_kinds
    from servicebook.tree import open_tree

    kinds = read_kinds(open_tree(book_root_or_here(ctx)))
    rows = [
        [k.name, k.title(), k.title("zh"), f"records/{k.folder}/", k.prefix, " ".join(k.clauses), k.path]
        for k in kinds.values()
    ]
    print_rows(["kind", "title", "标题", "folder", "prefix", "clauses", "defined in"], rows, form, "kinds")
