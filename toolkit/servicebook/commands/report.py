"""servicebook report."""

from typing import TYPE_CHECKING

import click

from servicebook.commands._shared import book_root

if TYPE_CHECKING:
    from collections.abc import Callable

    from servicebook.authoring.drafting import Draft
    from servicebook.authoring.retrospect import Retrospect

_PERIOD = click.option(
    "--period", "label", metavar="PERIOD", required=True, help="2026, 2026-Q1, 2026-03 or 2026-01-01..2026-03-31."
)
_AS_OF = click.option(
    "--as-of", "instant", metavar="TIME",
    help="Look no further than an instant or a day.  [default: the latest event or the commit, whichever is later]",
)  # fmt: skip
_DRY = click.option("--dry-run", is_flag=True, help="Print the draft, and write nothing.")


@click.group
def command() -> None:
    """Draft a service report or the minutes of a review from the book.

    Figures are bound to the metric, period and instant that they come from, so that validate finds them when they
    are no longer true. What only people can write stands there as “To be written: …”, and is found until they have.
    """


@command.command
@_PERIOD
@click.option("--definition", metavar="ID", help="The report definition, where there are several.")
@click.option("--sla", metavar="ID", help="Report on one agreement.")
@click.option("--service", metavar="ID", help="Report on one service.")
@_AS_OF
@_DRY
@click.pass_context
def service(
    ctx: click.Context, label: str, definition: str | None, sla: str | None, service: str | None,
    instant: str | None, dry_run: bool,
) -> int:  # fmt: skip
    """Draft a service report: targets and results, trends, workload, major events, what is to be decided."""
    from servicebook.authoring.report_definition import choose_definition
    from servicebook.authoring.service_report import draft_service_report

    def draft(back: "Retrospect") -> "Draft":
        return draft_service_report(back, choose_definition(back, definition, sla, service), sla, service)

    return _drafted(ctx, draft, label, instant, dry_run)


@command.command
@_PERIOD
@click.option(
    "--type", "sort", type=click.Choice(["management-review", "service-review"]), default="management-review",
    show_default=True, help="Which review it is.",
)  # fmt: skip
@_AS_OF
@_DRY
@click.pass_context
def review(ctx: click.Context, label: str, sort: str, instant: str | None, dry_run: bool) -> int:
    """Draft the minutes of a review: every input that it has to consider, as the book has it."""
    from servicebook.authoring.review_minutes import draft_minutes

    return _drafted(ctx, lambda back: draft_minutes(back, sort), label, instant, dry_run)


def _drafted(
    ctx: click.Context, draft: "Callable[[Retrospect], Draft]", label: str, instant: str | None, dry_run: bool
) -> int:
    from servicebook.authoring.retrospect import look_back
    from servicebook.commands._drafts import left_to_people, show_new
    from servicebook.tree import open_tree
    from servicebook.validation.judging import book_to_write_in, judge_draft
    from servicebook.writing import create, sweep

    root = book_root(ctx)
    book = book_to_write_in(open_tree(root))
    back = look_back(book, label, instant)
    made = draft(back)
    report = judge_draft(book, made.path, made.text, back.facts.as_of)
    others, left = left_to_people(report)
    if show_new(others):
        return 1
    if dry_run:
        click.echo(made.text.decode(), nl=False)
        return 0
    sweep(root)
    create(root, made.path, made.text)
    click.echo(made.path)
    click.echo(f"{left} places are left to be written; servicebook validate names them.", err=True)
    return 0
