"""servicebook list."""

from typing import Any

import click

from servicebook.commands._shared import at_option, book_root, format_option, print_rows


@click.command
@click.argument("kind")
@at_option
@click.option(
    "--where",
    "wishes",
    multiple=True,
    metavar="COLUMN=VALUE",
    help="Only records with this value in a column, such as status=paused. May be given often.",
)
@format_option
@click.pass_context
def command(ctx: click.Context, kind: str, revision: str | None, wishes: tuple[str, ...], form: str) -> None:
    """List the records of a kind, with what the kind shows in its register.

    What an incident's timeline gives, such as priority and status, is as of the latest event of the book or of its
    commit, whichever is later; for other kinds with a timeline it is as of the last event of each record.
    """
    from servicebook.book import read_book
    from servicebook.tree import open_tree

    book = read_book(open_tree(book_root(ctx), revision))
    chosen = book.kinds.named(kind)
    header = ["id", *chosen.columns]
    computed = _computed(book, chosen)
    rows = [
        [record.id, *(_text(_cell(record, column, computed)) for column in chosen.columns)]
        for record in book.records(chosen.name)
    ]
    for column, value in map(_wish, wishes):
        place = _column(header, column)
        rows = [row for row in rows if row[place] == value]
    print_rows(header, rows, form, "list")
    click.echo(f"{len(rows)} {chosen.plural().lower() if len(rows) != 1 else chosen.title().lower()}.", err=True)


def _computed(book: Any, kind: Any) -> dict[str, dict[str, Any]]:
    """What no field of a record holds, by record: the row of the fact table named like the kind, or its status."""
    from datetime import UTC, datetime

    from servicebook import facts, registry
    from servicebook.clock import walk

    records = list(book.records(kind.name))
    if kind.name in registry.module_names("facts") and records:
        table = facts.compute(book, facts.default_as_of(book), only=[kind.name]).tables[kind.name]
        return {row["id"]: row for row in table.records()}
    if kind.lifecycle is None:
        return {}
    ever = datetime.max.replace(tzinfo=UTC)
    timelines = {record.id: walk(record.data, kind.lifecycle, ever) for record in records}
    return {
        name: {"status": t.status, "opened_at": t.opened, "resolved_at": t.resolved, "closed_at": t.closed}
        for name, t in timelines.items()
    }


def _cell(record: Any, column: str, computed: dict[str, dict[str, Any]]) -> Any:
    return record.data[column] if column in record.data else computed.get(record.id, {}).get(column)


def _text(value: Any) -> str:
    from datetime import datetime

    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, list):
        return ", ".join(_text(item) for item in value)
    if isinstance(value, dict):
        return _text(value.get("version") or value.get("id") or next(iter(value.values()), ""))
    return str(value)


def _wish(text: str) -> tuple[str, str]:
    column, equals, value = text.partition("=")
    if not equals:
        from servicebook.errors import Problem
        from servicebook.finding import quote

        raise Problem(
            f"{quote(text)} is no condition.", "Write a column, an equals sign and a value: --where status=paused"
        )
    return column, value


def _column(header: list[str], column: str) -> int:
    if column not in header:
        from difflib import get_close_matches

        from servicebook.errors import Problem
        from servicebook.finding import quote

        near = get_close_matches(column, header, 1)
        raise Problem(
            f"There is no column {quote(column)}.",
            f"Did you mean {near[0]}?" if near else f"Columns: {', '.join(header)}.",
        )
    return header.index(column)
