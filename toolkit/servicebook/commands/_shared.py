"""What several commands share: where the book is, and options that mean the same everywhere."""

import re
from pathlib import Path

import click

from servicebook.errors import Problem

at_option = click.option("--at", "revision", metavar="REV", help="The book as it stood at a commit, a tag or a branch.")
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="How to print it.",
)

_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?")


def book_root(ctx: click.Context) -> Path:
    """The folder of the book: -C DIR, or this folder or the nearest above it that holds a book. Raises `Problem`."""
    given: Path | None = ctx.obj
    start = Path(given or ".").absolute()
    for place in (start,) if given else (start, *start.parents):
        if (place / "servicebook.toml").is_file() or (place / "records").exists():
            return place
    raise Problem(
        "There is no book here: neither servicebook.toml nor records/.",
        "Go to its folder or name it with -C DIR; servicebook init DIR makes a new one.",
    )


def book_root_or_here(ctx: click.Context) -> Path:
    """As `book_root`, but this folder where there is no book: for what can be asked without one."""
    try:
        return book_root(ctx)
    except Problem:
        return Path(ctx.obj or ".").absolute()


def print_rows(header: list[str], rows: list[list[str]], form: str, name: str) -> None:
    """Rows of text as an aligned table, as CSV, or as JSON of the shape `{format: NAME/1, rows: [{…}]}`."""
    if form == "json":
        import json

        content = {"format": f"servicebook.{name}/1", "rows": [dict(zip(header, row, strict=True)) for row in rows]}
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))
    elif form == "csv":
        import csv
        import sys

        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(map(csv_cell, header))
        writer.writerows([[csv_cell(cell) for cell in row] for row in rows])
    else:
        _print_table(header, rows)


def csv_cell(text: str) -> str:
    """Text on one line that no terminal obeys; in front of what a spreadsheet would run as a formula, an apostrophe.

    A number stays a number.
    """
    from servicebook.finding import inert_line

    shown = inert_line(text)
    risky = text.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    return "'" + shown if risky and not _NUMBER.fullmatch(text) else shown


def _print_table(header: list[str], rows: list[list[str]]) -> None:
    from servicebook.finding import inert_line

    shown = [[_short(inert_line(cell)) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(header, *shown, strict=True)]
    for row in (header, *shown):
        click.echo("  ".join(padded(cell, wide) for cell, wide in zip(row, widths, strict=True)).rstrip())


def _short(text: str, longest: int = 90) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def padded(text: str, wide: int) -> str:
    """The text with blanks behind it, so many columns wide."""
    return text + " " * (wide - width(text))


def width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    if text.isascii():
        return len(text)
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)
