"""The instant up to which a report looks. It follows from the book or is given; never from the clock of the machine."""

import re
from collections.abc import Iterator
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


class Events:
    """Every event in the timelines of a book, gone through once for whoever asks more than one thing of them."""

    def __init__(self, book: Book) -> None:
        self._book = book
        self._found = list(_events(book))

    def latest(self, until: datetime | None = None) -> datetime | None:
        """As `latest_event`."""
        daily = (at for record, at in self._found if record.kind.name in CASES)
        return max((at for at in daily if until is None or at <= until), default=None)

    def after(self, moment: datetime) -> int:
        """As `events_after`."""
        return sum(at > moment for _, at in self._found)

    def default_as_of(self) -> datetime:
        """As `default_as_of`. Raises Problem."""
        found = _commit(self._book)
        if found is None:
            latest = max((at for _, at in self._found), default=None)
            if latest is None:
                message = "There is no event in this book and no commit, so no instant to look from."
                raise Problem(message, "Give one: --as-of.")
            return latest
        commit, committed = found
        limit, tree = committed + SLACK, self._book.tree
        late = {record.path: record.blob for record, at in self._found if at > limit}
        if late and tree.commit is None:
            known = {entry.path: entry.blob for entry in CommitTree(tree.root, commit).entries(FOLDER)}
            late = {path: blob for path, blob in late.items() if known.get(path) == blob}
        believed = (at for record, at in self._found if at <= limit or record.path not in late)
        return max(committed, max(believed, default=committed))


def latest_event(book: Book, until: datetime | None = None) -> datetime | None:
    """The latest instant in the timeline of an incident or a service request, of those up to `until`; None of none.

    That is where the default period lies: a review that is closed in January does not make a quarter of nothing the
    one to look at.
    """
    return Events(book).latest(until)


def events_after(book: Book, moment: datetime) -> int:
    """How many events, in whatever timeline, lie after an instant, so that a report from there does not see them."""
    return Events(book).after(moment)


def default_as_of(book: Book) -> datetime:
    """The later of two instants: the latest event of any timeline, and the committer time of the commit that is read.

    For the working tree that is the commit that HEAD names. What a commit holds happened before it, so an
    event more than a day (`SLACK`) after the commit is a slip of the pen and moves nothing; only in a file
    that differs from the commit can it be news. So the same records at the same commit give the same figures
    on any day. Raises Problem where there is neither event nor commit.
    """
    return Events(book).default_as_of()


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


def _events(book: Book) -> Iterator[tuple[Record, datetime]]:
    """Every event in every timeline: its record, and when it was."""
    for kind in book.kinds.values():
        if kind.lifecycle is None:
            continue
        for record in book.records(kind.name):
            for event in record.data[kind.lifecycle.timeline]:
                try:
                    yield record, instant(event["at"])
                except (ValueError, TypeError, OverflowError):
                    continue  # a schema of the book's own may say less of times


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
