"""servicebook init."""

from pathlib import Path

import click

from servicebook.config import LANGUAGES
from servicebook.keywords import PROFILES


@click.command
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--profile",
    type=click.Choice(PROFILES),
    default=PROFILES[0],
    show_default=True,
    help="How much of the standard is in view from the beginning; a book can grow later.",
)
@click.option("--name", default="Our organisation", show_default=True, help="The organisation's name.")
@click.option(
    "--zone", default="UTC", show_default=True, help="Its time zone, as in the IANA database: Europe/Amsterdam."
)
@click.option(
    "--language",
    "languages",
    default="en",
    show_default=True,
    help="The languages of the site, the default first: en,zh.",
)
@click.option("--since", metavar="DATE", help="The day on which the book begins.  [default: today]")
def command(directory: Path, profile: str, name: str, zone: str, languages: str, since: str | None) -> None:
    """Make a new book that validates and publishes at once.

    It gets the schemas of its profile's kinds, a few records to start from, settings for editors, and
    workflows that check every pull request and publish what is merged. Nothing that stands in DIRECTORY is
    overwritten. Stopped half-way, the same command does the rest.
    """
    from datetime import UTC, date, datetime

    from servicebook.authoring.starting import starter_files
    from servicebook.clock import zone as known_zone
    from servicebook.errors import Problem
    from servicebook.finding import quote
    from servicebook.writing import create, sweep

    here = known_zone(zone)
    if not name.isprintable() or not name.strip() or '"' in name or "\\" in name or "$" in name:
        raise Problem(
            f"{quote(name)} cannot be the organisation's name.", "Use letters, digits, spaces and plain signs."
        )
    wanted = [language.strip() for language in languages.split(",")]
    for language in wanted:
        if language not in LANGUAGES:
            raise Problem(f"{quote(language)} is no language of the site.", f"Languages: {', '.join(LANGUAGES)}.")
    try:
        day = date.fromisoformat(since) if since else datetime.now(UTC).astimezone(here).date()
    except ValueError:
        raise Problem(f"{quote(since)} is no date.", "Write for instance 2026-03-04.") from None
    files = starter_files(name, zone, profile, wanted, day)
    if taken := sorted(path for path, text in files.items() if _is_taken(directory / path, text)):
        raise Problem(f"{directory / taken[0]} exists already.", "Choose an empty folder; nothing was written.")
    sweep(directory)
    for path, text in files.items():
        if not (directory / path).exists():
            create(directory, path, text)
    click.echo(f"A book of {len(files)} files in {directory}. Next:")
    git = "" if (directory / ".git").exists() else "git init && "
    click.echo(f"  cd {directory} && {git}git add . && git commit -m 'A service book'")
    click.echo("  servicebook validate")


def _is_taken(place: Path, text: bytes) -> bool:
    """Whether anything else stands there than what is to be written."""
    try:
        return place.read_bytes() != text
    except FileNotFoundError:
        return False
    except OSError:
        return True
