"""servicebook fmt."""

import click

from servicebook.commands._shared import book_root


@click.command
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--check", is_flag=True, help="Change nothing, and list what would change; exit code 1 if anything would."
)
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], check: bool) -> int:
    """Lay records out as new writes them: all, or those in these files and folders.

    Fields come in the order of their schema, quotation marks and indentation are made alike; comments stay
    with what they speak of. No value is changed, which is proved by reading back; what cannot be laid out
    so is left as it is and told, with exit code 1. Prints the files that were changed.
    """
    from functools import partial

    from servicebook.authoring.tidying import tidy
    from servicebook.book import kind_of
    from servicebook.commands._paths import inside
    from servicebook.errors import Problem
    from servicebook.finding import inert_line
    from servicebook.kinds import Kind, read_kinds
    from servicebook.record import FOLDER
    from servicebook.source import Refused
    from servicebook.tree import Unreadable, open_tree
    from servicebook.writing import rewrite, sweep

    root = book_root(ctx)
    if not check:
        sweep(root)
    tree = open_tree(root)
    kinds = read_kinds(tree)
    places = [inside(tree, path) for path in paths]
    changed = left = 0
    for entry in tree.entries(FOLDER):
        kind = kind_of(entry, kinds)
        if not isinstance(kind, Kind) or (places and not any(_is_in(entry.path, place) for place in places)):
            continue
        path = entry.path
        lay_out = partial(tidy, path, kind)
        try:
            differs = tree.read(path) != lay_out(tree.read(path)) if check else rewrite(root, path, lay_out)
        except Refused as refusal:
            left += 1
            click.echo(f"{inert_line(path)}:{refusal.line}:{refusal.column}: {refusal.message}", err=True)
            click.echo(f"    → {refusal.hint}", err=True)
        except Problem as problem:
            left += 1
            click.echo(inert_line(problem.message), err=True)
            click.echo(f"    → {inert_line(problem.hint)}", err=True)
        except Unreadable as error:
            left += 1
            click.echo(f"{inert_line(path)}: {error}", err=True)
        else:
            if differs:
                changed += 1
                click.echo(inert_line(path))
    files = "1 file" if changed == 1 else f"{changed} files"
    click.echo(f"{files} would change." if check else f"{files} changed.", err=True)
    return 1 if left or (check and changed) else 0


def _is_in(path: str, place: str) -> bool:
    return place in (".", path) or path.startswith(f"{place}/")
