"""servicebook publish."""

from pathlib import Path

import click

from servicebook.commands._shared import at_option, book_root

as_of_option = click.option(
    "--as-of",
    metavar="TIME",
    help="Look no further than an instant or a day.  [default: the latest event or the commit, whichever is later]",
)
language_option = click.option(
    "--language",
    "languages",
    multiple=True,
    metavar="LANG",
    help="en or zh; may be repeated, the first is the default.  [default: as in servicebook.toml]",
)


@click.command
@at_option
@as_of_option
@language_option
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="The folder to publish into.  [default: build/site]"
)
@click.pass_context
def command(
    ctx: click.Context, revision: str | None, as_of: str | None, languages: tuple[str, ...], out: Path | None
) -> None:
    """Publish the book as a site.

    The site works from its folder and from any web server, and loads nothing from elsewhere. It is
    built aside and moved into place whole: if anything fails, the site as it was stays.
    """
    from servicebook.pages.publish import publish
    from servicebook.tree import open_tree

    published = publish(open_tree(book_root(ctx), revision), as_of, out, languages)
    click.echo(published.site / "index.html")
    click.echo(f"{published.pages} pages in {' and '.join(published.languages)}.", err=True)
