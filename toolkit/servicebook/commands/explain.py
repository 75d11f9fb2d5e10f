"""servicebook explain."""

from typing import TYPE_CHECKING

import click

from servicebook.commands._shared import at_option, book_root_or_here
from servicebook.finding import inert_line

if TYPE_CHECKING:
    from servicebook.book import Book
    from servicebook.metrics import Metric
    from servicebook.record import Record

CLOCKED = ("incident", "service-request")
"""Kinds for which clocks run."""


@click.command
@click.argument("name", metavar="RULE|METRIC|ID")
@at_option
@click.option(
    "--as-of",
    "instant",
    metavar="TIME",
    help="For a record: look no further than this.  [default: the latest event or the commit]",
)
@click.option("--whole", is_flag=True, help="For a record: each part of the time on a line of its own.")
@click.pass_context
def command(ctx: click.Context, name: str, revision: str | None, instant: str | None, whole: bool) -> None:
    """Explain a finding, a number or a breach.

    A RULE: what it finds and why, wrong and right. A METRIC: its definition and its query. The ID of an
    incident or a service request: each clock that ran for it, part by part, with the line of every fact.
    Where there are many parts, days that differ in nothing but the calendar are one line.
    """
    from servicebook import rules
    from servicebook.book import read_book
    from servicebook.errors import Problem
    from servicebook.metrics import read_metrics
    from servicebook.tree import open_tree

    if name in rules.read_rules():
        click.echo(f"{name}\n{'=' * len(name)}\n\n{rules.named(name).page}", nl=False)
        return
    tree = open_tree(book_root_or_here(ctx), revision)
    if (metric := read_metrics(tree).get(name)) is not None:
        _explain_metric(metric)
        return
    book = read_book(tree)
    try:
        record = book.record(name)
    except Problem as problem:
        problem.message = f"“{name}” is no rule, no metric and no record." if name.isprintable() else problem.message
        problem.hint = _nearest(name, [*rules.read_rules(), *read_metrics(tree)]) or problem.hint
        raise
    _explain_record(book, record, instant, whole)


def _nearest(name: str, known: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, 1)
    return f"Did you mean {near[0]}?" if near else ""


def _explain_metric(metric: "Metric") -> None:
    click.echo(f"{metric.name}: {inert_line(metric.title())}\n")
    for label, text in (
        ("Definition", metric.definition),
        ("Unit", metric.unit),
        ("Better", metric.better),
        ("Aggregates", ", ".join(metric.aggregates)),
        ("Clause", f"ISO/IEC 20000-1:2018, {metric.clause}" if metric.clause else ""),
        ("Source", metric.source),
        ("File", metric.path),
        ("SHA-256", metric.digest),
    ):  # fmt: skip
        if text:
            click.echo(f"{label}: {inert_line(text)}")
    click.echo()
    for line in metric.sql.strip().splitlines():
        click.echo(inert_line(line))


def _explain_record(book: "Book", record: "Record", instant: str | None, whole: bool) -> None:
    from servicebook import __version__, facts
    from servicebook.clock import TZDATA_VERSION, timers, zone
    from servicebook.commands import _account
    from servicebook.errors import Problem

    if record.kind.name not in CLOCKED or not record.valid:
        why = "its schema refuses it" if not record.valid else f"it is of the kind {record.kind.name}"
        raise Problem(f"No clock runs for {record.id}: {why}.", f"servicebook show {record.id} shows the record.")
    local = zone(book.config.zone)
    as_of = facts.parse_as_of(instant, local) if instant else facts.default_as_of(book)
    click.echo(f"{record.id}: {inert_line(record.title)}")
    click.echo(f"As of {_account.wall(as_of, local)}, servicebook {__version__}, time-zone data {TZDATA_VERSION}.")
    if claim := _account.claimed(record):
        click.echo(claim)
    for timer in timers(book, record, as_of):
        click.echo()
        for line in _account.told(book, timer, local, whole=whole):
            click.echo(line)
