"""servicebook init."""

from pathlib import Path

import click


@click.command
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", default="Our organisation", show_default=True, help="The organisation's name.")
@click.option(
    "--zone", default="UTC", show_default=True, help="Its time zone, as in the IANA database: Europe/Amsterdam."
)
def command(directory: Path, name: str, zone: str) -> None:
    """Make a new book that validates and publishes at once.

    It gets the schemas of all kinds, a service, its hours, a priority matrix and an agreement to start
    from. Nothing that stands in DIRECTORY is overwritten.
    """
    from servicebook.authoring.starting import starter_files
    from servicebook.clock import zone as known_zone
    from servicebook.errors import Problem
    from servicebook.finding import quote
    from servicebook.writing import create

    known_zone(zone)
    if not name.isprintable() or not name.strip() or '"' in name or "\\" in name:
        raise Problem(
            f"{quote(name)} cannot be the organisation's name.", "Use letters, digits, spaces and plain signs."
        )
    files = starter_files(name, zone)
    if taken := sorted(path for path in files if (directory / path).exists()):
        raise Problem(f"{directory / taken[0]} exists already.", "Choose an empty folder; nothing was written.")
    for path, text in files.items():
        create(directory, path, text)
    click.echo(f"A book of {len(files)} files in {directory}. Next:")
    git = "" if (directory / ".git").exists() else "git init && "
    click.echo(f"  cd {directory} && {git}git add . && git commit -m 'A service book'")
    click.echo("  servicebook validate")
