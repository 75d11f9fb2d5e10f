"""The instant up to which a report looks. It follows from the book or is given; never from the clock of the machine."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, tzinfo

from servicebook import git
from servicebook.book import Book
from servicebook.errors import Problem
from servicebook.finding import quote
from servicebook.provenance.history import commit_time
from servicebook.record import FOLDER, Record, instant
from servicebook.tree import CommitTree

YEARS = range(1900, 2201)
"""Those that a record can name. A report from further on would lay out calendars for ages."""

SLACK = timedelta(days=1)
"""How far clocks and zones of those who write and of those who commit may differ."""

CASES = ("incident", "service-request")
"""The kinds whose timelines are the daily work."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def latest_event(book: Book, until: datetime | None = None) -> datetime | None:
    """The latest instant in the timeline of an incident or a service request, of those up to `until`; None of none.

    That is where the default period lies: a review that is closed in January does not make a quarter of nothing the
    one to look at.
    """
    events = _events(book, [kind for kind in CASES if kind in book.kinds])
    return max((at for _, at in events if until is None or at <= until), default=None)


def events_after(book: Book, moment: datetime) -> int:
    """How many events, in whatever timeline, lie after an instant, so that a report from there does not see them."""
    return sum(at > moment for _, at in _events(book, book.kinds))


def default_as_of(book: Book) -> datetime:
    """The later of two instants: the latest event of any timeline, and the committer time of the commit that is read.

    For the working tree that is the commit that HEAD names. What a commit holds happened before it, so an
    event more than a day (`SLACK`) after the commit is a slip of the pen and moves nothing; only in a file
    that differs from the commit can it be news. So the same records at the same commit give the same figures
    on any day. Raises Problem where there is neither event nor commit.
    """
    found = _commit(book)
    events = list(_events(book, book.kinds))
    if found is None:
        latest = max((at for _, at in events), default=None)
        if latest is None:
            message = "There is no event in this book and no commit, so no instant to look from."
            raise Problem(message, "Give one: --as-of.")
        return latest
    commit, committed = found
    late = {record.path: record.blob for record, at in events if at > committed + SLACK}
    if late and book.tree.commit is None:
        known = {entry.path: entry.blob for entry in CommitTree(book.tree.root, commit).entries(FOLDER)}
        late = {path: blob for path, blob in late.items() if known.get(path) == blob}
    believed = (at for record, at in events if at <= committed + SLACK or record.path not in late)
    return max(committed, max(believed, default=committed))


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


def _events(book: Book, kinds: Iterable[str]) -> Iterator[tuple[Record, datetime]]:
    """Every event in the timelines of some kinds: its record, and when it was."""
    for kind in kinds:
        lifecycle = book.kinds[kind].lifecycle
        if lifecycle is None:
            continue
        for record in book.records(kind):
            for event in record.data[lifecycle.timeline]:
                with suppress(ValueError, TypeError, OverflowError):  # a schema of the book's own may say less of times
                    yield record, instant(event["at"])


def _commit(book: Book) -> tuple[str, datetime] | None:
    """Id and committer time of the commit that is read; None where there is none."""
    root, commit = book.tree.root, book.tree.commit
    if git.folder(root) is None:
        return None
    try:
        name, seconds = git.run(root, "log", "-1", "--format=%H %ct", commit or "HEAD", "--").split()
    except git.GitError:  # no commit yet
        return None
    return name.decode("ascii"), commit_time(name, seconds)
