"""How a book stands to every clause of a standard.

A clause takes the worst of what it asks for, and of the clauses below it or that it rests on; what is out of scope
does not count, unless nothing else is there. `since` says when the management system began: what is asked for once a
year is not due before a year from then.
"""

from dataclasses import dataclass
from datetime import date

from servicebook.book import Book
from servicebook.config import Config
from servicebook.errors import Problem
from servicebook.finding import quote
from servicebook.record import Record
from servicebook.standards.answer import STATES, Answer, Examiner, Reason, State
from servicebook.standards.fitting import id_day
from servicebook.standards.standard import HOME, Clause, Standard, within
from servicebook.standards.step import Step


@dataclass(frozen=True)
class ClauseState:
    """Where a book stands with one clause.

    `day` is until when it is met, since when it is stale, or when it falls due; None where no day is set. `answers` are
    those to its own evidence, `parts` the states of the clauses below it or that it rests on. `reason` says why it
    is out of scope, or why nothing has been due so far.
    """

    clause: Clause
    state: State
    day: date | None
    answers: tuple[Answer, ...]
    parts: tuple["ClauseState", ...]
    reason: Reason | None = None

    @property
    def records(self) -> tuple[Record, ...]:
        """The records that count for it or for its parts, by id."""
        found = {record.id: record for answer in self.answers for record in answer.records}
        found |= {record.id: record for part in self.parts for record in part.records}
        return tuple(found[name] for name in sorted(found))

    @property
    def as_made(self) -> tuple[Record, ...]:
        """The records that do not count for it because nobody has written in them yet, by id."""
        found = {record.id: record for answer in self.answers for record in answer.as_made}
        found |= {record.id: record for part in self.parts for record in part.as_made}
        return tuple(found[name] for name in sorted(found))

    @property
    def step(self) -> Step | None:
        """What would close the gap, or the first of several."""
        own = (answer.step for answer in self.answers if answer.state == self.state)
        parts = (part.step for part in self.parts if part.state == self.state)
        return next((step for step in (*own, *parts) if step is not None), None)


def coverage(book: Book, standard: Standard, today: date) -> list[ClauseState]:
    """The state of every clause as of a day, in the file's order. Raises `Problem` where the file names no kind of
    the book."""
    _check_kinds(book, standard)
    examiner = Examiner(book, today, since(book, today))
    base = (
        {found.clause.number: found for found in coverage(book, standard.rests_on, today)} if standard.rests_on else {}
    )
    reasons = {number: _left_out(book.config, number) for number in standard.clauses} if standard.name == HOME else {}
    found: dict[str, ClauseState] = {}

    def state_of(clause: Clause) -> ClauseState:
        if clause.number not in found:
            parts = (
                *(state_of(standard.clauses[number]) for number in clause.below),
                *(base[n] for n in clause.clauses),
            )
            found[clause.number] = _state(clause, parts, reasons.get(clause.number), examiner)
        return found[clause.number]

    return [state_of(clause) for clause in standard.clauses.values()]


def since(book: Book, today: date) -> date:
    """The day on which the management system began: that of servicebook.toml, else the earliest in the id of a record,
    else `today`, so that in a new book nothing is late."""
    if book.config.since is not None:
        return book.config.since
    return min((day for record in book.by_id.values() if (day := id_day(record)) and day <= today), default=today)


def clauses_in_view(config: Config, standard: Standard) -> list[str]:
    """The numbers of the clauses with nothing below them that servicebook.toml leaves in."""
    leaves = (clause.number for clause in standard.clauses.values() if not clause.below)
    return [number for number in leaves if standard.name != HOME or _left_out(config, number) is None]


def _left_out(config: Config, number: str) -> Reason | None:
    for excluded, reason in config.excluded.items():
        if within(number, excluded):
            return Reason("excluded", reason)
    wanted = config.clauses
    if wanted and not any(within(number, clause) or within(clause, number) for clause in wanted):
        return Reason("clauses", ", ".join(wanted))
    return None


def _state(clause: Clause, parts: tuple[ClauseState, ...], left_out: Reason | None, examiner: Examiner) -> ClauseState:
    if left_out is not None:
        return ClauseState(clause, "out-of-scope", None, (), parts, left_out)
    answers = tuple(examiner.answer(evidence) for evidence in clause.evidence)
    ones: tuple[Answer | ClauseState, ...] = (*answers, *parts)
    asked = [one for one in ones if one.reason is None]
    if not asked:
        reasons = [one.reason for one in ones if one.reason is not None]
        waits = next((reason for reason in reasons if reason.name == "no-case"), None)
        return ClauseState(clause, "not-due" if waits else "out-of-scope", None, answers, parts, waits or reasons[0])
    state = max((one.state for one in asked), key=STATES.index)
    day = min((one.day for one in asked if one.state == state and one.day is not None), default=None)
    return ClauseState(clause, state, day, answers, parts)


def _check_kinds(book: Book, standard: Standard) -> None:
    for clause in standard.clauses.values():
        for evidence in clause.evidence:
            for name in evidence.kinds_named():
                if name not in book.kinds:
                    hint = f"Kinds: {', '.join(book.kinds)}."
                    raise Problem(
                        f"{standard.path}: clause {clause.number} asks for {quote(name)}, which is no kind.", hint
                    )
