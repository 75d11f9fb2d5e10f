"""servicebook migrate."""

import click

from servicebook.commands._shared import book_root


@click.command
@click.argument("kinds", nargs=-1, metavar="[KIND]...")
@click.option(
    "--schemas", is_flag=True, help="First adopt the newer versions of shipped schemas that servicebook brings."
)
@click.option(
    "--check", is_flag=True, help="Write nothing; list the files that would change, exit code 1 where there are any."
)
@click.option("--diff", is_flag=True, help="Write nothing; print what would change as a diff.")
@click.pass_context
def command(ctx: click.Context, kinds: tuple[str, ...], schemas: bool, check: bool, diff: bool) -> int:
    """Rewrite records of an earlier version of their kind's schema for the present one.

    The steps are data in the schema (x-migrations). Comments and layout stay, so that the change can be read as
    a diff. A record that would not be valid afterwards is named with its line, and its file left as it is:
    exit code 1. Stopped half-way, the next run does the rest.

    A book has copies of the shipped schemas in schemas/, by which its old commits are read for ever. --schemas
    replaces those that servicebook has in a higher version; what the book changed in them goes, as the diff shows.
    Fields of your own belong in an overlay, which stays.
    """
    from servicebook.authoring.migrating import carry_out, plan
    from servicebook.finding import inert_line
    from servicebook.formats import text
    from servicebook.tree import open_tree
    from servicebook.validation.report import Report
    from servicebook.writing import sweep

    root = book_root(ctx)
    tree = open_tree(root)
    made = plan(tree, kinds, schemas=schemas)
    if not check and not diff:
        sweep(root)
        carry_out(tree, made)
    for step in made.rewrites:
        for line in step.diff() if diff else [f"{inert_line(step.path)}: {step.what}"]:
            click.echo(line)
    for line in text.lines(Report(made.findings, (), 0)):
        click.echo(line)
    done = "would change" if check or diff else "migrated"
    click.echo(_summary(len(made.rewrites), done, len({f.path for f in made.findings})), err=True)
    return 1 if made.findings or (check and made.rewrites) else 0


def _summary(changed: int, done: str, left: int) -> str:
    files = "1 file" if changed == 1 else f"{changed or 'no'} files"
    rest = f", {left} left as {'it is' if left == 1 else 'they are'}" if left else ""
    return f"{files[:1].upper()}{files[1:]} {done}{rest}."
