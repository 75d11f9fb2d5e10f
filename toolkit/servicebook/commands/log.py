"""servicebook log."""

import click

from servicebook.commands._shared import book_root


@click.command
@click.argument("record_id", metavar="ID")
@click.argument("event")
@click.option("--at", "moment", metavar="TIME", help="When it happened (RFC 3339, with offset).  [default: now]")
@click.option("--by", metavar="ROLE", help="The role that did it.")
@click.option("--person", metavar="PERSON", help="The person's id, where two of one role must be told apart.")
@click.option("--to", metavar="ROLE", help="Whom it was assigned or escalated to, or who was informed.")
@click.option("--note", metavar="TEXT", help="What else there is to say.")
@click.option(
    "--field",
    "fields",
    multiple=True,
    metavar="NAME=VALUE",
    help="Another field of the event, such as code=waiting-for-customer. May be given often.",
)
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="PATH=VALUE",
    help="A field of the record that the event brings, such as resolution.code=fixed. May be given often.",
)
@click.pass_context
def command(
    ctx: click.Context,
    record_id: str,
    event: str,
    moment: str | None,
    by: str | None,
    person: str | None,
    to: str | None,
    note: str | None,
    fields: tuple[str, ...],
    settings: tuple[str, ...],
) -> int:
    """Add an event to the timeline of a record, at its place in time, and print the record's path.

    Comments and layout are kept. An event that cannot come in the state the record is in is refused, with
    those that can; so is what would leave the record with a new error. Nothing is written then.
    """
    from servicebook.authoring.event import entry_of, event_named, with_event
    from servicebook.authoring.settings import parse
    from servicebook.clock import zone
    from servicebook.commands._drafts import given_or_now, show_new
    from servicebook.tree import open_tree
    from servicebook.validation.judging import judge_draft, validated_book
    from servicebook.writing import rewrite, sweep

    root = book_root(ctx)
    sweep(root)
    book, report = validated_book(open_tree(root))
    record = book.record(record_id)
    at = given_or_now(moment, zone(book.config.zone))
    named = {"by": by, "person": person, "to": to, "note": note}
    entry = entry_of(event_named(record.kind, event), at, named, [parse(text) for text in fields], record.kind)
    given = [parse(text) for text in settings]
    known = [finding for finding in report.findings if finding.path == record.path]
    refused = False

    def edit(before: bytes) -> bytes:
        nonlocal refused
        after = with_event(record, entry, given, before)
        refused = show_new(judge_draft(book, record.path, after), known)
        return before if refused else after

    rewrite(root, record.path, edit)
    if not refused:
        click.echo(record.path)
    return 1 if refused else 0
