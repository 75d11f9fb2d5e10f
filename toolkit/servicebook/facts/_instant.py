"""The instant up to which a report looks. It follows from the book or is given; never from the clock of the machine."""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo

from servicebook import git
from servicebook.book import Book
from servicebook.errors import Problem
from servicebook.finding import quote
from servicebook.record import instant

YEARS = range(1900, 2201)
"""Those that a record can name. A report from further on would lay out calendars for ages."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def latest_event(book: Book) -> datetime | None:
    """The latest instant in the timeline of any incident; None in a book without one."""
    instants = (instant(event["at"]) for record in book.records("incident") for event in record.data["timeline"])
    return max(instants, default=None)


def default_as_of(book: Book) -> datetime:
    """The later of two instants: the latest event, and the committer time of the commit that is read.

    For the working tree that is the commit that HEAD names, changed files or not. So the same records at
    the same commit give the same figures on any day. Raises Problem where there is neither.
    """
    known = [moment for moment in (latest_event(book), _committed(book)) if moment is not None]
    if not known:
        raise Problem("There is no event in this book and no commit, so no instant to look from.", "Give one: --as-of.")
    return max(known)


def parse_as_of(text: str, zone: tzinfo) -> datetime:
    """An instant with its offset, or a date: the end of that day in the zone. Raises Problem."""
    try:
        if _DATE.fullmatch(text):
            day = date.fromisoformat(text) + timedelta(days=1)
            moment = datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
        else:
            moment = instant(text)
        if moment.year not in YEARS:
            raise ValueError
        return moment
    except (ValueError, OverflowError):
        raise Problem(
            f"{quote(text)} is not an instant.",
            "Write 2026-03-31T17:00:00+02:00, or 2026-03-31 for the end of that day.",
        ) from None


def _committed(book: Book) -> datetime | None:
    root, commit = book.tree.root, book.tree.commit
    if git.folder(root) is None:
        return None
    try:
        seconds = git.run(root, "log", "-1", "--format=%ct", commit or "HEAD", "--")
    except git.GitError:  # no commit yet
        return None
    return datetime.fromtimestamp(int(seconds), UTC)
