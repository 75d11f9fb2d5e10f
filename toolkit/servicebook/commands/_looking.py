"""What commands that look ahead share: the facts they look at, and what their JSON says of where it comes from."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from servicebook import __version__
from servicebook.book import Book, read_book
from servicebook.clock import TZDATA_VERSION, zone
from servicebook.facts import Facts, compute, default_as_of, parse_as_of
from servicebook.metrics import DUCKDB_VERSION
from servicebook.tree import open_tree


def facts_of(root: Path, revision: str | None, instant: str | None) -> tuple[Book, Facts]:
    """The book, and its facts as of an instant, or of the latest event or commit. Raises `Problem`."""
    book = read_book(open_tree(root, revision))
    as_of = parse_as_of(instant, zone(book.config.zone)) if instant else default_as_of(book)
    return book, compute(book, as_of)


def about(book: Book, facts: Facts) -> dict[str, Any]:
    """Versions, commit, instant and zone, as the JSON of a command has them."""
    return {
        "tool": {"servicebook": __version__, "tzdata": TZDATA_VERSION, "duckdb": DUCKDB_VERSION},
        "commit": book.tree.commit,
        "as_of": utc(facts.as_of),
        "zone": book.config.zone,
    }


def heading(book: Book, facts: Facts) -> str:
    """One line: looked at from when, at which commit."""
    commit = f"commit {book.tree.commit[:12]}" if book.tree.commit else "the working tree"
    return f"As of {utc(facts.as_of)} ({book.config.zone}); {commit}.\n"


def utc(moment: datetime) -> str:
    """An instant as JSON has it: `2026-11-20T10:35:00Z`."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
