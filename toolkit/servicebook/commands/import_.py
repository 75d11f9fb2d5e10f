"""servicebook import."""

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from servicebook.commands._shared import book_root
from servicebook.errors import Problem

if TYPE_CHECKING:
    from servicebook.importers._ledger import Ledger
    from servicebook.importers._times import Order

_FILES = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.group
def command() -> None:
    """Take in records from another system.

    Exit code 1: some rows were rejected. They are in a rejects file, with line and reason; mend them there and
    import that file. A second import of the same file changes nothing.
    """


@command.command
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=_FILES)
@click.option(
    "--zone",
    metavar="ZONE",
    help="The IANA zone of times without offset: UTC for the Table API, else the exporting user's.",
)
@click.option(
    "--dates",
    type=click.Choice(["dmy", "mdy", "iso"]),
    help="The order of day and month, where the files leave it open.",
)
@click.option(
    "--rows",
    "form",
    type=click.Choice(["log", "list"]),
    help="A row for each update, or one for each ticket. Default: what the rows show.",
)
@click.option("--service", metavar="ID", help="The service that new incidents hit.")
@click.option("--keep", multiple=True, metavar="COLUMN", help="Keep one more column, as a claim of the source.")
@click.option("--leave-out", multiple=True, metavar="COLUMN", help="Leave one more column out.")
@click.option(
    "--rejects",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where rejected rows go. Default: FILE.rejects.csv in the current folder.",
)
@click.option("--dry-run", is_flag=True, help="Report only; write nothing.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="The form of the report.",
)
@click.pass_context
def servicenow(
    ctx: click.Context,
    files: tuple[Path, ...],
    zone: str | None,
    dates: str | None,
    form: str | None,
    service: str | None,
    keep: tuple[str, ...],
    leave_out: tuple[str, ...],
    rejects: Path | None,
    dry_run: bool,
    shape: str,
) -> None:
    """Incidents from exports of ServiceNow's incident table.

    Event logs and lists, CSV or JSON, plain or gzip. Columns that name persons are left out. What the source
    claims (priority, made_sla, …) is kept as its claim.
    """
    from servicebook.importers.servicenow import Choices, import_files
    from servicebook.kinds import read_kinds
    from servicebook.tree import open_tree
    from servicebook.writing import sweep

    root = book_root(ctx)
    _keep_rejects_out(root, rejects)
    tree = open_tree(root)
    if not dry_run:
        sweep(root)
    choices = Choices(
        zone=zone,
        order=cast("Order | None", dates),
        form=form,
        service=service,
        keep=keep,
        leave_out=leave_out,
        dry_run=dry_run,
        rejects=rejects,
    )
    ledger = import_files(tree, read_kinds(tree), files, choices, _progress)
    if sys.stderr.isatty():
        click.echo("\r\033[K", nl=False, err=True)
    _tell(ctx, ledger, shape)


@command.command
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=_FILES)
@click.option("--owner", metavar="ROLE", help="Who answers for services that the book does not have yet.")
@click.option(
    "--criticality", type=click.Choice(["vital", "important", "supporting"]), help="How critical such services are."
)
@click.option(
    "--live-from",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Since when they are there. Default: as the page says, else the first day on which the files show them.",
)
@click.option("--service", metavar="ID", help="The service of incidents and maintenance that name no component.")
@click.option(
    "--rejects",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where rejected entries go. Default: FILE.rejects.jsonl in the current folder.",
)
@click.option("--dry-run", is_flag=True, help="Report only; write nothing.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="The form of the report.",
)
@click.pass_context
def statuspage(
    ctx: click.Context,
    files: tuple[Path, ...],
    owner: str | None,
    criticality: str | None,
    live_from: datetime | None,
    service: str | None,
    rejects: Path | None,
    dry_run: bool,
    shape: str,
) -> None:
    """Incidents, outages and maintenance from a status page.

    The answers of Statuspage's API (incidents.json, scheduled-maintenances.json), or an archive of a page, one entry
    a line; plain or gzip. A component becomes a service, what it lost outages, and an incident keeps its updates.
    """
    from servicebook.config import read_config
    from servicebook.importers.statuspage import Choices, import_files
    from servicebook.kinds import read_kinds
    from servicebook.tree import open_tree
    from servicebook.writing import sweep

    root = book_root(ctx)
    _keep_rejects_out(root, rejects)
    tree = open_tree(root)
    if not dry_run:
        sweep(root)
    choices = Choices(
        owner=owner,
        criticality=criticality,
        live_from=live_from.date() if live_from else None,
        service=service,
        dry_run=dry_run,
        rejects=rejects,
    )
    _tell(ctx, import_files(tree, read_kinds(tree), files, choices, read_config(tree).zone), shape)


def _keep_rejects_out(root: Path, rejects: Path | None) -> None:
    """Raise Problem where what is rejected would be written among the records."""
    from servicebook.writing import RECORDS

    for place in (rejects, None if rejects else Path.cwd() / "x"):
        if place is not None and place.resolve().is_relative_to((root / RECORDS).resolve()):
            raise Problem(
                "Rejected rows would be written among the records.", "Name a place outside records/ with --rejects."
            )


def _tell(ctx: click.Context, ledger: "Ledger", shape: str) -> None:
    """Print the report, and end with the exit code."""
    if shape == "json":
        import json

        click.echo(json.dumps(ledger.as_data(), ensure_ascii=False, indent=2))
    else:
        click.echo(ledger.as_text(), nl=False)
    ctx.exit(1 if ledger.rejected else 0)


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{text}", nl=False, err=True)
