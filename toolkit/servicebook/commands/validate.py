"""servicebook validate."""

import os

import click

from servicebook import registry
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
    type=click.Choice(registry.module_names("formats")),
    help="How to print findings.  [default: github in GitHub Actions, else text]",
)
@click.option("--as-of", metavar="TIME", help="Judge as of an instant or a date.  [default: the last commit]")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning"]),
    default="error",
    show_default=True,
    help="From which severity on a finding makes the exit code 1.",
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
    as_of: str | None,
    fail_on: str,
    cache: bool,
) -> int:
    """Check every record by its schema and by every rule.

    With PATH, the whole book is still checked, but only findings in these files or folders are shown.
    Exit code 0 without errors, 1 with; warnings are shown and do not count, but with --fail-on warning.
    """
    from dataclasses import replace

    from servicebook import git
    from servicebook.tree import open_tree

    root = book_root(ctx)
    tree = open_tree(root, revision)
    tree.begin()  # git looks at the files while the rest is loaded
    from servicebook.validation import validate

    if changed_from:
        from servicebook.validation.change import validate_change

        report = validate_change(tree, changed_from, cached=cache, as_of=as_of)
    else:
        report = validate(tree, cached=cache, as_of=as_of)
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
    errors = sum(finding.severity == "error" for finding in report.findings)
    warnings = len(report.findings) - errors
    click.echo(_summary(errors, warnings, len(report.suppressed), report.files), err=True)
    return 1 if errors or (warnings and fail_on == "warning") else 0


def _summary(errors: int, warnings: int, suppressed: int, files: int) -> str:
    findings = errors + warnings
    found = "no findings" if not findings else "1 finding" if findings == 1 else f"{findings} findings"
    mild = f" ({warnings} of severity warning)" if warnings else ""
    silent = f", {suppressed} suppressed with a reason" if suppressed else ""
    return f"{files} {'file' if files == 1 else 'files'}, {found}{mild}{silent}."
