"""servicebook serve."""

import click

from servicebook.commands._shared import book_root
from servicebook.commands.publish import as_of_option, language_option


@click.command
@as_of_option
@language_option
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes a free one.")
@click.pass_context
def command(ctx: click.Context, as_of: str | None, languages: tuple[str, ...], port: int) -> None:
    """Publish the book and show it on this machine, until Ctrl-C."""
    from functools import partial
    from http.server import ThreadingHTTPServer

    from servicebook.commands._serving import Handler
    from servicebook.errors import Problem
    from servicebook.pages.publish import publish
    from servicebook.tree import open_tree

    published = publish(open_tree(book_root(ctx)), as_of, None, languages)
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, directory=str(published.site)))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise Problem(f"Port {port} cannot be had: {reason}.", "Name another with --port, or take --port 0.") from None
    with server:
        click.echo(f"http://127.0.0.1:{server.server_port}/")
        click.echo("Ctrl-C ends it.", err=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("", err=True)
