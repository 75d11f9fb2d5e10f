"""servicebook rules."""

import click

from servicebook.commands._shared import format_option, print_rows


@click.command
@format_option
def command(form: str) -> None:
    """List the rules that every record is checked by."""
    from servicebook.rules import read_rules

    rows = [[rule.name, rule.title, "yes" if rule.suppressible else "no"] for rule in read_rules().values()]
    print_rows(["rule", "what it finds", "can be suppressed"], rows, form, "rules")
    if form == "table":
        click.echo("\nservicebook explain RULE tells why, with an example.", err=True)
