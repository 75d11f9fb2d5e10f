"""servicebook facts."""

from pathlib import Path

import click

from servicebook.commands._shared import at_option, book_root
from servicebook.errors import Problem

AS_OF = "Look no further than an instant or a day.  [default: the latest event or the commit, whichever is later]"
OUTPUT = "Folder for one file a table, and facts.json.  [default: standard output, for one table as text]"


@click.command
@click.argument("names", nargs=-1, metavar="[TABLE]...")
@at_option
@click.option("--as-of", "instant", metavar="TIME", help=AS_OF)
@click.option(
    "--format",
    "form",
    type=click.Choice(["parquet", "csv", "jsonl"]),
    default="parquet",
    show_default=True,
    help="How to write them.",
)
@click.option("--output", metavar="DIR", type=click.Path(path_type=Path), help=OUTPUT)
@click.option(
    "--cache/--no-cache", default=True, help="Whether to use and keep what earlier runs made.  [default: cache]"
)
@click.pass_context
def command(
    ctx: click.Context,
    names: tuple[str, ...],
    revision: str | None,
    instant: str | None,
    form: str,
    output: Path | None,
    cache: bool,
) -> None:
    """Write the fact tables that metrics are counted from.

    Without TABLE, all of them. facts.json says from which commit and up to which instant they are, and describes
    each table and column, with the SHA-256 of each file. The same commit, instant and versions give the same bytes.
    """
    from servicebook import facts as fact_tables
    from servicebook import registry
    from servicebook.clock import zone
    from servicebook.commands import _fact_files
    from servicebook.tree import open_tree
    from servicebook.validation.cache import tool_digest

    chosen = tuple(dict.fromkeys(names)) or registry.module_names("facts")
    for name in chosen:
        _check(name, registry.module_names("facts"))
    if output is None and (form == "parquet" or len(chosen) > 1):
        raise Problem(
            "Several tables, or Parquet, need a folder.",
            "Name it with --output, or choose one table and --format csv or jsonl.",
        )
    ledger = fact_tables.Ledger(open_tree(book_root(ctx), revision), tool_digest() if cache else None)
    book = ledger.book
    local = zone(book.config.zone)
    as_of = fact_tables.parse_as_of(instant, local) if instant else fact_tables.default_as_of(ledger.brief)
    found = ledger.facts(as_of, chosen)
    tables = [found.tables[name] for name in chosen]
    if output is None:
        click.echo(_fact_files.TEXTS[form](tables[0]), nl=False)
        return
    _fact_files.write(output, tables, form, book, found)
    rows = sum(len(table.rows) for table in tables)
    click.echo(f"{len(tables)} tables with {rows} rows in {output}.", err=True)


def _check(name: str, known: tuple[str, ...]) -> None:
    if name not in known:
        from difflib import get_close_matches

        from servicebook.finding import quote

        near = get_close_matches(name, known, 1)
        hint = f"Did you mean {near[0]}?" if near else f"Tables: {', '.join(known)}."
        raise Problem(f"There is no fact table {quote(name)}.", hint)
