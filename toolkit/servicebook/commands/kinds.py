"""servicebook kinds."""

import click

from servicebook.commands._shared import book_root_or_here, format_option, print_rows

HEADER = (
    "kind", "title", "标题", "group", "profile", "version", "folder", "prefix", "clauses", "source", "defined in",
)  # fmt: skip


@click.command
@format_option
@click.pass_context
def command(ctx: click.Context, form: str) -> None:
    """List the kinds of records, their folders and where each is defined.

    The source is "shipped" for a schema as servicebook brings it, "own" for one of the book's or one that the book
    changed, "overlay" for one to which the book adds fields. The profile is the smallest that has the kind in view.
    """
    from servicebook.kinds import read_kinds
    from servicebook.tree import open_tree

    kinds = read_kinds(open_tree(book_root_or_here(ctx)))
    rows = [
        [
            k.name, k.title(), k.title("zh"), k.group, k.profile, str(k.version), f"records/{k.folder}/", k.prefix,
            " ".join(k.clauses), k.source, k.path,
        ]
        for k in kinds.values()
    ]  # fmt: skip
    print_rows(list(HEADER), rows, form, "kinds")
