"""servicebook explain."""

from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

import click

from servicebook.commands._shared import at_option, book_root_or_here
from servicebook.finding import inert_line

if TYPE_CHECKING:
    from servicebook.book import Book
    from servicebook.clock import Timer
    from servicebook.metrics import Metric
    from servicebook.record import Record


@click.command
@click.argument("name", metavar="RULE|METRIC|ID")
@at_option
@click.option(
    "--as-of",
    "instant",
    metavar="TIME",
    help="For an incident: look no further than this.  [default: the latest event or the commit]",
)
@click.pass_context
def command(ctx: click.Context, name: str, revision: str | None, instant: str | None) -> None:
    """Explain a finding, a number or a breach.

    A RULE: what it finds and why, wrong and right. A METRIC: its definition and its query. The ID of an
    incident: each clock that ran for it, stretch by stretch, with the line of every fact.
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
    _explain_record(book, record, instant)


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


def _explain_record(book: "Book", record: "Record", instant: str | None) -> None:
    from servicebook import facts
    from servicebook.clock import TZDATA_VERSION, timers, zone
    from servicebook.errors import Problem

    if record.kind.name != "incident" or not record.valid:
        why = "its schema refuses it" if not record.valid else f"it is of the kind {record.kind.name}"
        raise Problem(f"No clock runs for {record.id}: {why}.", f"servicebook show {record.id} shows the record.")
    local = zone(book.config.zone)
    as_of = facts.parse_as_of(instant, local) if instant else facts.default_as_of(book)
    click.echo(f"{record.id}: {inert_line(record.title)}")
    click.echo(f"As of {_local(as_of, local)}, time-zone data {TZDATA_VERSION}.")
    for timer in timers(book, record, as_of):
        click.echo()
        _explain_timer(book, record, timer, local)


def _explain_timer(book: "Book", record: "Record", timer: "Timer", local: tzinfo) -> None:
    if timer.left_out:
        click.echo(f"{timer.measure}: no clock ran, because: {timer.left_out}.")
        return
    target = book.record(str(timer.sla))
    place = f"{inert_line(target.path)}:{target.place(timer.target)[0]}"
    hours = f"hours of {timer.calendar} version {timer.calendar_version}" if timer.calendar else "every hour counts"
    click.echo(
        f"{timer.measure}: {timer.state}. Counted {_length(timer.counted_seconds)} of {_length(timer.limit_seconds)}."
    )
    click.echo(f"  Target   {timer.priority} by {timer.sla} version {timer.sla_version}, {hours} ({place})")
    click.echo(f"  Started  {_local(timer.start, local)}")
    click.echo(f"  Due      {_local(timer.due, local) if timer.due else 'never: the calendar has too few hours'}")
    click.echo(f"  Stopped  {_local(timer.stop, local) if timer.stop else 'not yet'}")
    for segment in timer.segments:
        line = f"{inert_line(record.path)}:{record.place(segment.pointer)[0]}"
        why = f" ({inert_line(segment.why)})" if segment.why else ""
        stretch = f"{_local(segment.start, local)} to {_local(segment.end, local)}"
        click.echo(f"  {stretch}  {_length(segment.seconds):>12}  {segment.what}{why}  {line}")
    counted = sum(segment.seconds for segment in timer.segments if segment.what == "counting")
    click.echo(f"  Sum of what counted: {_length(counted)}")


def _local(moment: datetime | None, local: tzinfo) -> str:
    return "" if moment is None else moment.astimezone(local).isoformat(timespec="seconds")


def _length(seconds: int | None) -> str:
    """Hours, minutes and seconds, as far as they are not zero."""
    if not seconds:
        return "0m"
    hours, rest = divmod(seconds, 3600)
    minutes, rest = divmod(rest, 60)
    return "".join(f"{number}{unit}" for number, unit in ((hours, "h"), (minutes, "m"), (rest, "s")) if number)
