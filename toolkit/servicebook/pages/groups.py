"""The kinds that a book has in view, in the groups in which they are read."""

from collections.abc import Iterator

from servicebook.book import Book
from servicebook.kinds import Kind
from servicebook.pages.edition import Edition

ORDER = ("agreement", "resolution", "change", "assurance", "voice", "evaluation", "improvement", "system")
OWN = "own"
"""The group of a kind that names none of ours."""


def in_view(book: Book) -> list[Kind]:
    """The kinds that have a register: those of the book's profile, its own, and any that has a file."""
    filled = {record.kind.name for record in book.all}
    return [kind for kind in book.kinds.values() if book.in_view(kind.name) or kind.name in filled]


def groups(edition: Edition) -> Iterator[tuple[str, list[Kind]]]:
    """The title of each group that has kinds in view, and these, in their order."""
    seen = in_view(edition.book)
    for name in (*ORDER, OWN):
        found = [kind for kind in seen if _group(kind) == name]
        if found:
            yield edition.words.plain(f"group.{name}"), found


def _group(kind: Kind) -> str:
    named = str(kind.schema.get("x-group", OWN))
    return named if named in ORDER else OWN
