"""servicebook show."""

import click

from servicebook.commands._shared import at_option, book_root


@click.command
@click.argument("record_id", metavar="ID")
@at_option
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print it."
)
@click.pass_context
def command(ctx: click.Context, record_id: str, revision: str | None, form: str) -> None:
    """Show a record, where it stands, and what it is linked with in both directions."""
    from servicebook.book import read_book
    from servicebook.finding import inert_line
    from servicebook.tree import open_tree

    book = read_book(open_tree(book_root(ctx), revision))
    record = book.record(record_id)
    out = [
        (_pointer(link.pointer), link.target, target.title if target else None)
        for link, target in book.links_out(record.id)
    ]
    back = [(source.id, _pointer(link.pointer), source.title) for source, link in book.links_in(record.id)]
    if form == "json":
        import json

        content = {
            "format": "servicebook.show/1",
            "id": record.id, "kind": record.kind.name, "path": record.path, "blob": record.blob, "data": record.data,
            "links_out": [{"pointer": pointer, "target": target, "title": title} for pointer, target, title in out],
            "links_in": [{"source": source, "pointer": pointer, "title": title} for source, pointer, title in back],
        }  # fmt: skip
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))
        return
    click.echo(f"{inert_line(record.id)}  {inert_line(record.title)}")
    click.echo(f"{record.kind.title()}, {inert_line(record.path)}, blob {record.blob[:12]}")
    click.echo()
    for line in record.source().decode("utf-8-sig").splitlines():
        click.echo("  " + inert_line(line))
    if out:
        click.echo("\nNames")
        for pointer, target, title in out:
            click.echo(f"  {pointer}: {inert_line(target)}  {inert_line(title or 'which is not in the book')}")
    if back:
        click.echo("\nNamed by")
        for source, pointer, title in back:
            click.echo(f"  {inert_line(source)}  {inert_line(title)} ({pointer})")


def _pointer(pointer: tuple[str | int, ...]) -> str:
    return ".".join(map(str, pointer))
