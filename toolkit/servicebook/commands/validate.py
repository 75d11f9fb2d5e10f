"""servicebook validate."""

import os

import click

from servicebook.commands._shared import at_option, book_root


@click.command
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@at_option
@click.option(
    "--changed-from",
    metavar="REV",
    help="Only what a change since REV is answerable for; judged by the schemas of REV.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "jsonl", "github"]),
    help="How to print findings.  [default: github in GitHub Actions, else text]",
)
@click.option(
    "--cache/--no-cache", default=True, help="Whether to use and keep what earlier runs found.  [default: cache]"
)
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    revision: str | None,
    changed_from: str | None,
    form: str | None,
    cache: bool,
) -> int:
    """Check every record by its schema and by every rule.

    With PATH, the whole book is still checked, but only findings in these files or folders are shown.
    Exit code 0 without findings, 1 with.
    """
    from dataclasses import replace

    from servicebook import git, registry
    from servicebook.tree import open_tree

    root = book_root(ctx)
    tree = open_tree(root, revision)
    tree.begin()  # git looks at the files while the rest is loaded
    from servicebook.validation import validate

    if changed_from:
        from servicebook.validation.change import validate_change

        report = validate_change(tree, changed_from, cached=cache)
    else:
        report = validate(tree, cached=cache)
    if paths:
        from servicebook.commands._paths import only_in

        report = only_in(report, tree, paths)
    repository = git.top(root)
    if repository is not None and repository != root:
        report = replace(report, within=f"{root.relative_to(repository).as_posix()}/")
    form = form or ("github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text")
    for line in registry.module("formats", form).lines(report):
        click.echo(line)
    for note in report.notes:
        click.echo(f"Note: {note}", err=True)
    click.echo(_summary(len(report.findings), len(report.suppressed), report.files), err=True)
    return 1 if report.findings else 0


def _summary(findings: int, suppressed: int, files: int) -> str:
    found = "no findings" if not findings else "1 finding" if findings == 1 else f"{findings} findings"
    silent = f", {suppressed} suppressed with a reason" if suppressed else ""
    return f"{files} {'file' if files == 1 else 'files'}, {found}{silent}."
