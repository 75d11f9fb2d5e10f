"""What the book's timelines and clocks say as of one instant, worked out once for every page and language."""

from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from servicebook.book import Book
from servicebook.clock import Clock, Priority, Timeline, Timer, local_date, walk, zone
from servicebook.config import read_config
from servicebook.facts import Facts, compute, default_as_of, parse_as_of
from servicebook.metrics import Metric, read_metrics
from servicebook.provenance.history import History, read_history
from servicebook.record import FOLDER, Record
from servicebook.standards import ClauseState, Standard, coverage, read_standards
from servicebook.tree import Tree
from servicebook.validation.judging import validated_book
from servicebook.validation.looking import is_as_committed
from servicebook.validation.report import Report, Suppressed

if TYPE_CHECKING:
    from servicebook.finding import Finding

INCIDENT = "incident"


class Case(NamedTuple):
    """One record with a lifecycle: where it stands, and, for an incident, its priority and its SLA timers."""

    timeline: Timeline
    priority: Priority
    timers: tuple[Timer, ...]


class Study:
    """A book, looked at as of `as_of`, with the findings on it and git's history of its files."""

    def __init__(self, book: Book, report: Report, history: History, as_of: datetime) -> None:
        self.book = book
        self.report = report
        self.history = history
        self.as_of = as_of
        # A date given as the instant is the end of that day: midnight still belongs to the day before.
        self.today = local_date(as_of - timedelta(seconds=1), zone(book.config.zone))
        self._clock = Clock(book) if INCIDENT in book.kinds else None
        self._cases: dict[str, Case | None] = {}
        self.findings: dict[str, list[Finding]] = {}
        for finding in report.findings:
            self.findings.setdefault(finding.path, []).append(finding)
        self.suppressed: dict[str, list[Suppressed]] = {}
        for item in report.suppressed:
            self.suppressed.setdefault(item.finding.path, []).append(item)

    @cached_property
    def facts(self) -> Facts:
        """The fact tables that the metrics read."""
        return compute(self.book, self.as_of)

    @cached_property
    def metrics(self) -> dict[str, Metric]:
        """The metrics of the book by name."""
        return read_metrics(self.book.tree)

    @cached_property
    def coverage(self) -> list[tuple[Standard, list[ClauseState]]]:
        """Where the book stands to each clause of each standard."""
        today = date.fromisoformat(self.today)
        return [(found, coverage(self.book, found, today)) for found in read_standards(self.book.tree).values()]

    @cached_property
    def clean(self) -> bool:
        """Whether what is published is exactly what the head commit holds."""
        return self.history.head is not None and is_as_committed(self.book.tree)

    def case(self, record: Record) -> Case | None:
        """Where a record stands; None for a kind without a lifecycle and for a record that its schema refuses."""
        if record.kind.lifecycle is None or not record.valid:
            return None
        if record.path not in self._cases:
            self._cases[record.path] = self._work_out(record)
        return self._cases[record.path]

    def _work_out(self, record: Record) -> Case | None:
        assert record.kind.lifecycle is not None
        try:
            timeline = walk(record.data, record.kind.lifecycle, self.as_of)
            if record.kind.name != INCIDENT or self._clock is None:
                return Case(timeline, Priority(None), ())
            timers = tuple(self._clock.timers(record, self.as_of, timeline))
            return Case(timeline, self._clock.priority(record, timeline), timers)
        except ValueError:  # an instant that no calendar has, 2026-02-30: a finding says so
            return None

    def uncommitted(self, record: Record) -> bool:
        """Whether the file shown differs from the one in the last commit."""
        if self.history.head is None or self.book.tree.commit is not None:
            return False
        return self.history.blob(record.path) != record.blob


def read_study(tree: Tree, as_of: str | None = None) -> Study:
    """Reads and judges the book of a tree, with git's history of its records. Raises `Problem`.

    `as_of` is an instant or a date; without it the latest event or the commit, whichever is later.
    """
    given = parse_as_of(as_of, zone(read_config(tree).zone)) if as_of else None
    book, report = validated_book(tree, given)
    moment = given or default_as_of(book)
    return Study(book, report, read_history(tree, FOLDER), moment)
