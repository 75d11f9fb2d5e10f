"""The pages of the standards: where each clause stands, what it asks for, what the book has, and what is missing."""

from collections.abc import Sequence
from typing import Any, Final

from markupsafe import Markup

from servicebook.pages import address
from servicebook.pages.edition import Edition, Place
from servicebook.pages.inert import visible
from servicebook.pages.study import Study
from servicebook.record import Record
from servicebook.rules import read_rules
from servicebook.standards import HOME, Answer, ClauseState, Standard, newest, within

MOST: Final = 10
"""Records named for one entry of evidence; the register has all of them."""

MARKS: Final = {
    "met": "met",
    "stale": "paused",
    "missing": "breached",
    "not-due": "not-yet",
    "out-of-scope": "left-out",
}
"""The mark that a state is drawn with."""


def index(standard: Standard, states: Sequence[ClauseState], edition: Edition) -> Markup:
    """Every clause of a standard with its state, and how many there are in each."""
    page = address.coverage_page(standard.name)
    leaves = [state.state for state in states if not state.clause.below]
    return edition.render(
        "coverage.html",
        page,
        title=visible(standard.title(edition.language)),
        about=visible(standard.about(edition.language)),
        notice=visible(standard.notice(edition.language)),
        replaces=standard.replaces,
        counts=[(name, MARKS[name], leaves.count(name)) for name in MARKS if name in leaves],
        rows=[_row(state, standard, edition, edition.place(page)) for state in states],
        practices=standard.rests_on is not None,
    )


def body(state: ClauseState, standard: Standard, edition: Edition, study: Study) -> Markup:
    """The page of one clause."""
    clause, language = state.clause, edition.language
    page = address.coverage_page(standard.name, clause.number)
    place = edition.place(page)
    below, base = state.parts[: len(clause.below)], state.parts[len(clause.below) :]
    parts = [_row(part, standard, edition, place) for part in below]
    if standard.rests_on is not None:
        parts += [_row(part, standard.rests_on, edition, place) for part in base]
    return edition.render(
        "clause.html",
        page,
        standard=standard,
        standard_title=visible(standard.title(language)),
        number=clause.number,
        title=visible(clause.title(language)),
        asks=visible(clause.asks(language)),
        notice=visible(standard.notice(language)),
        replaces=standard.replaces,
        state=_state(state, edition),
        why=_why(state, edition),
        answers=[_answer(answer, edition, place) for answer in state.answers],
        parts=parts,
        kinds=_kinds(state, standard, edition),
        rules=_rules(state, standard),
        metrics=_metrics(state, standard, edition, study),
        as_of=study.as_of.isoformat(),
    )


def title(state: ClauseState, standard: Standard, edition: Edition) -> str:
    """What the page of a clause is called: number and title; of a practice the title, for its number says no more."""
    found = visible(state.clause.title(edition.language))
    return found if standard.rests_on is not None else f"{state.clause.number} {found}"


def _row(state: ClauseState, standard: Standard, edition: Edition, place: Place) -> dict[str, Any]:
    return {
        "href": place.root + address.coverage_page(standard.name, state.clause.number),
        "title": title(state, standard, edition),
        "state": _state(state, edition),
        "why": _why(state, edition),
        "records": len(state.records),
        "step": _step(state, edition, place),
    }


def _answer(answer: Answer, edition: Edition, place: Place) -> dict[str, Any]:
    """One entry of evidence: of many records the newest, and where the others are."""
    kind = edition.book.kinds[answer.evidence.records.kind]
    return {
        "says": visible(answer.evidence.says(edition.language)),
        "state": _state(answer, edition),
        "why": _why(answer, edition),
        "records": _links(answer.records, place),
        "more": max(0, len(answer.records) - MOST),
        "register": place.root + address.register_page(kind),
        "kind": visible(kind.plural(edition.language)),
        "without": _links(answer.without, place),
        "as_made": _links(answer.as_made, place),
        "step": _step(answer, edition, place),
    }


def _links(records: Sequence[Record], place: Place) -> list[Markup]:
    return [place.link(record.id) for record in newest(records, MOST)]


def _state(one: Answer | ClauseState, edition: Edition) -> dict[str, Any]:
    words = edition.words
    dated = f"coverage.{one.state}-day"
    word = words(dated, day=one.day) if one.day is not None else words(f"coverage.{one.state}")
    return {"mark": MARKS[one.state], "word": word}


def _why(one: Answer | ClauseState, edition: Edition) -> Markup | None:
    """Why nothing is asked."""
    if one.reason is None:
        return None
    text = one.reason.text
    if one.reason.name == "no-case" and text in edition.book.kinds:
        text = edition.book.kinds[text].title(edition.language)
    return edition.words(f"coverage.why-{one.reason.name}", text=visible(text))


def _step(one: Answer | ClauseState, edition: Edition, place: Place) -> Markup | None:
    """What would close the gap: a command, or fields to fill in."""
    step = one.step
    if step is None:
        return None
    if step.record is None:
        return Markup("<code>{}</code>").format(visible(step.command))
    label = "coverage.write" if step.as_made else "coverage.fill"
    return edition.words(label, fields=", ".join(step.fields), record=place.link(step.record.id))


def _serves(named: str, state: ClauseState) -> bool:
    """Whether a clause that something names is this one; numbers below its lowest ones are taken for it."""
    return named == state.clause.number or (not state.clause.below and within(named, state.clause.number))


def _kinds(state: ClauseState, standard: Standard, edition: Edition) -> list[tuple[str, str]]:
    """Register and plural of each kind that is evidence for the clause."""
    return [
        (address.register_page(kind), visible(kind.plural(edition.language)))
        for name, kind in edition.book.kinds.items()
        if edition.book.in_view(name) and standard.name == HOME and any(_serves(one, state) for one in kind.clauses)
    ]


def _rules(state: ClauseState, standard: Standard) -> list[tuple[str, str]]:
    """Name and first sentence of each rule that serves the clause."""
    return [
        (rule.name, rule.title)
        for rule in read_rules().values()
        if standard.name == HOME and any(_serves(clause, state) for clause in rule.clauses)
    ]


def _metrics(state: ClauseState, standard: Standard, edition: Edition, study: Study) -> list[tuple[str, str, str]]:
    """Name, title and definition of each metric that measures something for the clause."""
    return [
        (name, visible(metric.title(edition.language)), visible(metric.defined(edition.language)))
        for name, metric in study.metrics.items()
        if standard.name == HOME and metric.clause and _serves(metric.clause, state)
    ]
