"""What a review has to consider of the system itself, as the book has it: one function an input."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from servicebook.authoring.happenings import done_by, open_actions
from servicebook.authoring.retrospect import Figure, Retrospect
from servicebook.authoring.telling import counted, listed, to_be_written
from servicebook.part import Part
from servicebook.record import Record


class Input(NamedTuple):
    """What the book has on one input: sentences, the records that they rest on, and figures."""

    said: Sequence[str]
    evidence: Sequence[str] = ()
    figures: Sequence[Figure] = ()


def previous_actions(back: Retrospect, last: Record | None) -> Input:
    """What became of the actions of the last review of this sort."""
    if last is None:
        return Input(["There is no earlier review of this sort."])
    actions = last.part.parts("actions")
    still = [action for action in actions if not done_by(back, action)]
    done = f"Of {counted(len(actions), 'action')} of {last.id} {len(actions) - len(still)} are done"
    overdue = [
        f"{record.id} {action.text('id')}"
        for record, action in open_actions(back, ("review",))
        if (due := action.day("due")) is not None and due < back.today
    ]
    said = [f"{done}; open: {', '.join(map(_undertaken, still))}." if still else f"{done}."]
    said.append(f"Overdue of any review: {listed(overdue)}." if overdue else "No action of any review is overdue.")
    return Input(said, [last.id], back.figures(("actions-on-time", "due-dates-moved")))


def context_changes(back: Retrospect) -> Input:
    """Services and suppliers that came or went; what else changed around the organisation only people know."""
    said, evidence = [], []
    for kind, field, word in (("service", "live_from", "went live"), ("service", "retired_on", "was retired"),
                              ("supplier", "ended_on", "ended")):  # fmt: skip
        for record in back.records(kind):
            if back.during(record.part.text(field)):
                said.append(f"{record.title} {word} on {record.part.text(field)}.")
                evidence.append(record.id)
    return Input([*said, to_be_written("what changed inside and around the organisation.")], evidence)


def nonconformities(back: Retrospect) -> Input:
    """Those raised in the period, and those that are open."""
    raised = [record.id for record in back.records("nonconformity") if back.happened(record, "raised")]
    closed = [record.id for record in back.records("nonconformity") if back.happened(record, "closed")]
    still = [record.id for record in back.records("nonconformity") if back.state(record) not in (None, "closed")]
    said = [f"Raised in the period: {listed(raised) or 'none'}; closed: {listed(closed) or 'none'}."]
    said.append(f"Open: {listed(still)}." if still else "None is open.")
    return Input(said, sorted({*raised, *closed, *still}))


def audit_results(back: Retrospect) -> Input:
    """The audits held in the period, with their findings by grade."""
    audits = [record for record in back.records("audit") if back.during(record.part.part("held").text("to"))]
    said = []
    for audit in audits:
        grades = Counter(finding.text("grade") for finding in audit.part.parts("findings"))
        found = ", ".join(f"{number} {grade}" for grade, number in sorted(grades.items(), key=str))
        said.append(f"{audit.id}: {found or 'no findings'}.")
    figures = back.figures(("audit-findings-open", "audit-finding-age"))
    return Input(said or ["No audit was held in the period."], [audit.id for audit in audits], figures)


def policy(back: Retrospect) -> Input:
    """Every policy with the version that holds, and when it was last looked at."""
    policies = [one for one in back.records("document") if (one.part.text("type") or "").endswith("-policy")]
    said = [f"{one.title}: {_version(back, one)}." for one in policies]
    return Input(said or ["There is no policy in the book."], [one.id for one in policies])


def objectives(back: Retrospect) -> Input:
    """Every open objective with its latest result."""
    said, evidence = [], []
    for record in back.records("objective"):
        closed = record.part.day("closed_on")
        if closed is None or closed > back.days[0]:
            said.append(f"{record.id}: {_result(back, record)}.")
            evidence.append(record.id)
    return Input(said or ["No objective was set."], evidence)


def resources(back: Retrospect) -> Input:
    """Budgets of the period, planned against actual, and the capacity plans that were reviewed."""
    said, evidence = [], []
    for budget in back.records("budget"):
        period = budget.part.part("period")
        if (period.text("from") or "9") <= back.span["to"] and (period.text("to") or "") >= back.span["from"]:
            said.append(f"{budget.id}, {budget.part.text('currency')}: {', '.join(_sums(budget))}.")
            evidence.append(budget.id)
    reviewed = [plan.id for plan in back.records("capacity-plan") if back.during(plan.part.text("reviewed_on"))]
    if reviewed:
        said.append(f"Capacity plans reviewed in the period: {listed(reviewed)}.")
    return Input(said or ["There is no budget for the period in the book."], [*evidence, *reviewed])


def risks(back: Retrospect) -> Input:
    """The open risks: how many, which are high, which were looked at in the period, and the assessments held."""
    still = [one for one in back.records("risk") if (one.part.day("closed_on") or date.max) > back.today]
    high = [one.id for one in still if one.part.text("likelihood") == one.part.text("impact") == "high"]
    seen = [one.id for one in still if back.during(one.part.text("reviewed_on"))]
    held = [one.id for one in back.records("risk-assessment") if back.during(one.part.text("held_on"))]
    said = [f"{len(still)} are open, {len(seen)} of them reviewed in the period."]
    said.append(f"Likely and grave: {listed(high) or 'none'}.")
    said.append(f"Assessments: {listed(held)}." if held else "No assessment was held in the period.")
    return Input(said, [*held, *high, *seen])


def changes_affecting_sms(back: Retrospect) -> Input:
    """Decisions that change the system, documents that came into force, and improvements that change it."""
    decided = [
        f"{record.id} {decision.text('id')}"
        for record in back.records("review")
        if back.during(record.part.text("held_on"))
        for decision in record.part.parts("decisions")
        if decision.text("type") == "sms-change"
    ]
    documents = [
        record.id
        for record in back.records("document")
        if any(back.during(version.text("valid_from")) for version in record.part.parts("versions"))
    ]
    improvements = [one for one in back.records("improvement") if "sms_changes" in one.part]
    carried = [one.id for one in improvements if back.happened(one, "done")]
    said = [f"Decided in the period: {listed(decided) or 'nothing'}."]
    said.append(f"New versions of documents: {listed(documents) or 'none'}.")
    if carried:
        said.append(f"Improvements that changed the system: {listed(carried)}.")
    return Input(said, [*dict.fromkeys(name.partition(" ")[0] for name in decided), *documents, *carried])


def _undertaken(action: Part) -> str:
    due = action.text("due")
    about = [part for part in (action.text("owner"), f"due {due}" if due else None) if part]
    return f"{action.text('id')} ({', '.join(about)})" if about else str(action.text("id"))


def _version(back: Retrospect, document: Record) -> str:
    begun = [one for one in document.part.parts("versions") if (one.day("valid_from") or date.max) <= back.today]
    held = f"version {begun[-1].number('version')} since {begun[-1].text('valid_from')}" if begun else "not in force"
    seen = document.part.text("reviewed_on")
    return f"{held}, reviewed on {seen}" if seen else held


def _sums(budget: Record) -> Iterator[str]:
    for name in ("planned", "actual", "forecast"):
        number = sum(line.number(name) or 0 for line in budget.part.parts("lines"))
        if number:
            yield f"{name} {number:,}"


def _result(back: Retrospect, record: Record) -> str:
    """The latest result of an objective by the instant, held against its target."""
    unit = record.part.text("unit") or ""
    goal = f"{(record.part.text('direction') or '').replace('-', ' ')} {record.part.number('target')} {unit}"
    known = [one for one in record.part.parts("results") if (one.day("on") or date.max) <= back.today]
    if not known:
        return f"no result yet, {goal}"
    latest = known[-1]
    verdict = {True: "met", False: "missed", None: "not judged"}[latest.truth("met")]
    return f"{latest.number('value')} {unit} on {latest.text('on')}, {goal}: {verdict}"
