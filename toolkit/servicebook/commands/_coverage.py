"""Coverage as a table, as pages of text, as CSV and as JSON.

The JSON has the shape `servicebook.coverage/1`:

    {"format": "servicebook.coverage/1",
     "standard": {"name": "…", "title": "…", "version": 1, "path": "…", "notice": "…",
                  "replaces": false},            true: the book's own file in the place of the shipped one
     "commit": "…" or null,                          null: the working tree
     "as_of": "2026-11-20T10:35:00Z", "today": "2026-11-20",
     "zone": "Europe/Amsterdam", "since": "2025-06-03", "profile": "standard",
     "clauses": [
       {"clause": "8.6.1", "title": "…", "state": "met" | "stale" | "missing" | "not-due" | "out-of-scope",
        "day": "2027-11-20" or null,                 until when it is met, since when stale, or when it falls due
        "reason": "…" or null, "records": ["…"], "next": "…" or null, "parts": ["…"],
        "evidence": [
          {"asks": "…", "kind": "…", "state": …, "day": …, "reason": …, "records": ["…"],
           "without": ["…"],                           the records of `each` for which there is nothing
           "as_made": ["…"], "next": …}]}]}            what does not count, for nobody has written in it yet
"""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import Any, Final

from servicebook.book import Book, Look
from servicebook.errors import Problem
from servicebook.finding import inert_line, quote
from servicebook.record import Record
from servicebook.standards import Answer, ClauseState, Reason, Standard, newest, since

SHOWN: Final = 3
"""Records that a table names, the newest, before it only counts."""

STATES: Final = {
    "met": "met", "stale": "stale", "missing": "missing", "not-due": "not due", "out-of-scope": "out of scope",
}  # fmt: skip
REPLACES: Final = "This is this book's own version of the standard, not the one that comes with servicebook."
DAYS: Final = {"met": "until", "stale": "since", "not-due": "until"}


def of_clause(states: list[ClauseState], standard: Standard, number: str | None) -> list[ClauseState]:
    """The states of a clause and of all below it; of every clause without a number. Raises `Problem`."""
    if number is None:
        return states
    if number not in standard.clauses:
        from difflib import get_close_matches

        near = get_close_matches(number, standard.clauses, 1)
        hint = f"Did you mean {near[0]}?" if near else "servicebook coverage lists them."
        raise Problem(f"{standard.title()} has no clause {quote(number)}.", hint)
    return [state for state in states if state.clause.number == number or state.clause.number.startswith(f"{number}.")]


def header(form: str) -> list[str]:
    """Names of the columns of `row`."""
    return ["clause", "title", "state", *(["day"] if form == "csv" else []), "records", "next step, or why none"]


def row(state: ClauseState, form: str) -> list[str]:
    """A line for a clause: in a table for reading, in CSV in full."""
    head = [state.clause.number, state.clause.title()]
    if form == "csv":
        records = " ".join(record.id for record in state.records)
        return [*head, state.state, _day(state) or "", records, _next(state) or _why(state.reason) or _unwritten(state)]
    return [*head, _state(state), _named(state.records), _next(state) or _why(state.reason) or _unwritten(state)]


def page(state: ClauseState) -> str:
    """All that is known of a clause, as lines of text."""
    lines = [f"{state.clause.number} {state.clause.title()}: {_state(state)}", f"  {state.clause.asks()}"]
    if state.reason is not None:
        lines.append(f"  {_why(state.reason)}")
    for answer in state.answers:
        lines.append(f"  - {answer.evidence.says()}: {_state(answer)}")
        if answer.reason is not None and state.reason is None:
            lines.append(f"    {_why(answer.reason)}")
        if answer.records:
            lines.append(f"    {_named(answer.records, SHOWN * 4)}")
        if answer.as_made:
            lines.append(f"    Still as it was made, and not counted: {_named(answer.as_made, SHOWN * 4)}.")
        if answer.without:
            lines.append(f"    Lacking for {_named(answer.without, SHOWN * 4)}.")
        if answer.step is not None:
            lines.append(f"    → {answer.step}")
    return "\n".join(map(inert_line, lines))


def summary(book: Book, standard: Standard, look: Look, states: Sequence[ClauseState]) -> str:
    """How many clauses, of those with nothing below, are in which state, as of which day; and what to mind."""
    leaves = [state.state for state in states if not state.clause.below]
    counts = ", ".join(f"{leaves.count(name)} {STATES[name]}" for name in STATES if name in leaves)
    clauses = "clause" if len(leaves) == 1 else "clauses"
    lines = [f"{len(leaves)} {clauses}, as of {look.today} ({book.config.zone}): {counts}."]
    if standard.replaces:
        lines.append(REPLACES)
    lines.append(standard.notice())
    return "\n".join(map(inert_line, lines))


def as_json(book: Book, standard: Standard, look: Look, states: Iterable[ClauseState]) -> str:
    """The states in the shape `servicebook.coverage/1`."""
    content = {
        "format": "servicebook.coverage/1",
        "standard": {
            "name": standard.name,
            "title": standard.title(),
            "version": standard.version,
            "path": standard.path,
            "notice": standard.notice(),
            "replaces": standard.replaces,
        },
        "commit": book.tree.commit,
        "as_of": look.as_of.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "today": look.today.isoformat(),
        "zone": book.config.zone,
        "since": since(book, look.today).isoformat(),
        "profile": book.config.profile,
        "clauses": [_clause(state) for state in states],
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def _clause(state: ClauseState) -> dict[str, Any]:
    return {
        "clause": state.clause.number,
        "title": state.clause.title(),
        **_common(state),
        "next": _next(state),
        "parts": [part.clause.number for part in state.parts],
        "evidence": [
            {"asks": answer.evidence.says(), "kind": answer.evidence.records.kind, **_common(answer)}
            | {
                "without": [record.id for record in answer.without],
                "as_made": [record.id for record in answer.as_made],
                "next": str(answer.step) if answer.step else None,
            }
            for answer in state.answers
        ],
    }


def _common(one: Answer | ClauseState) -> dict[str, Any]:
    records = [record.id for record in one.records]
    return {"state": one.state, "day": _day(one), "reason": _why(one.reason), "records": records}


def _state(one: Answer | ClauseState) -> str:
    day = f" {DAYS[one.state]} {one.day}" if one.day else ""
    return f"{STATES[one.state]}{day}"


def _day(one: Answer | ClauseState) -> str | None:
    return one.day.isoformat() if one.day else None


def _next(state: ClauseState) -> str | None:
    return str(state.step) if state.step is not None else None


def _unwritten(state: ClauseState) -> str:
    return f"Still as it was made: {_named(state.as_made)}." if state.as_made else ""


def _why(reason: Reason | None) -> str | None:
    if reason is None:
        return None
    return {
        "profile": f"Not in view in the profile {reason.text}.",
        "clauses": f"servicebook.toml has only {reason.text} in view.",
        "excluded": reason.text,
        "no-case": f"No {reason.text} calls for it so far.",
    }[reason.name]


def _named(records: Sequence[Record], most: int = SHOWN) -> str:
    names = ", ".join(record.id for record in newest(records, most))
    return f"{names} and {len(records) - most} more" if len(records) > most else names
