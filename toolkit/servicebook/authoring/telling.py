"""Figures and lists in plain sentences: nothing is said that does not follow from them."""

from collections.abc import Sequence
from typing import Any, Final

from servicebook.authoring.retrospect import Figure, Retrospect
from servicebook.layout import InlineMapping
from servicebook.metrics.aggregate import Value
from servicebook.rules.left_to_be_written import MARK

MOST_NAMED: Final = 5


def as_quoted(back: Retrospect, figure: Figure) -> dict[str, Any]:
    """A figure as `parts.json#/$defs/figure` has it, bound to all that it can be worked out again from."""
    found: dict[str, Any] = {"measure": figure.title, "metric": figure.metric.name}
    if figure.aggregate != figure.metric.aggregates[0]:
        found["aggregate"] = figure.aggregate
    if figure.by:
        found["by"] = InlineMapping(figure.by)
    found |= {"period": InlineMapping(back.span), "as_of": back.as_of}
    if back.commit:
        found["commit"] = back.commit
    found |= {"value": figure.value, "unit": figure.metric.unit, "n": figure.n}
    return found if back.complete else found | {"partial": True}


def trends(figures: Sequence[Figure]) -> str:
    """How figures went since the period before: those that got better, those that got worse, how many stayed."""
    known = [figure for figure in figures if figure.went]
    if not known:
        return "There is no period before to compare with."
    said = []
    for went, word in (("better", "Better"), ("worse", "Worse"), ("changed", "Otherwise")):
        some = [_compared(figure) for figure in known if figure.went == went]
        if some:
            more = f"; and {len(some) - MOST_NAMED} more" if len(some) > MOST_NAMED else ""
            said.append(f"{word} than in the period before: {'; '.join(some[:MOST_NAMED])}{more}.")
    same = sum(figure.went == "same" for figure in known)
    if same:
        said.append(f"As in the period before: {counted(same, 'figure')}.")
    return " ".join(said)


def trend(figures: Sequence[Figure]) -> str:
    """The same in one word of a review's inputs; unknown where figures went either way or cannot be compared."""
    went = {figure.went for figure in figures} - {""}
    if not went or {"better", "worse"} <= went:
        return "unknown"
    return "improving" if "better" in went else "worsening" if "worse" in went else "stable"


def told(figure: Figure) -> str:
    """A figure in words: Backlog 4 incidents."""
    if figure.value is None:
        return f"{figure.title}: nothing to measure"
    of = f" of {figure.n}" if figure.metric.unit == "percent" and figure.metric.agreed != "availability" else ""
    unit = figure.metric.unit.removesuffix("s") if figure.value == 1 else figure.metric.unit
    return f"{figure.title}: {_number(figure.value)} {unit}{of}"


def counted(number: int, what: str) -> str:
    """1 complaint, 2 complaints; no complaints."""
    return f"{number or 'no'} {what}" if number == 1 else f"{number or 'no'} {what}s"


def listed(ids: Sequence[str]) -> str:
    """Some ids in a sentence, and how many more there are."""
    more = f" and {len(ids) - MOST_NAMED} more" if len(ids) > MOST_NAMED else ""
    return ", ".join(ids[:MOST_NAMED]) + more


def to_be_written(what: str) -> str:
    """A line that the draft leaves to people, and that a rule finds until somebody has written it."""
    return f"{MARK} {what}"


def _compared(figure: Figure) -> str:
    assert figure.value is not None
    return f"{told(figure)}, after {_number(figure.previous[-1])}"


def _number(value: Value) -> str:
    return f"{value:,}" if isinstance(value, int) else repr(value)
