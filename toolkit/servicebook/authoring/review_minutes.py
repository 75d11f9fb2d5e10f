"""The minutes of a review drafted from the book: every input as the records have it, decisions left to the meeting."""

from typing import Any

from servicebook.authoring import review_performance as performance
from servicebook.authoring import review_system as system
from servicebook.authoring.drafting import Draft
from servicebook.authoring.happenings import reports_of
from servicebook.authoring.retrospect import Retrospect
from servicebook.authoring.review_system import Input
from servicebook.authoring.telling import as_quoted, to_be_written, trend
from servicebook.errors import Problem
from servicebook.record import FOLDER, SUFFIX, Record
from servicebook.writing import new_id, record_text

MOST_EVIDENCE = 50


def draft_minutes(back: Retrospect, sort: str) -> Draft:
    """The draft of a management review or of a service review. Raises Problem where nobody is known to chair it."""
    last, today = _last(back, sort), back.today
    services = [record.id for record in back.records("service") if _is_live(back, record)]
    inputs = _management(back, last) if sort == "management-review" else _of_services(back, last, services)
    chair, attendees = _attendance(back, last)
    kind = back.book.kinds.named("review")
    reports = reports_of(back)
    data: dict[str, Any] = {
        "id": new_id("REV", today, back.book),
        "schema_version": kind.version,
        "title": f"{sort.replace('-', ' ').capitalize()}, {back.period.label}",
        "type": sort,
        "period": back.span,
        "held_on": today.isoformat(),
        "chair": chair,
        "attendees": attendees,
        "services": services[:100],
        "inputs": [_entry(back, topic, found) for topic, found in inputs],
        "minutes": to_be_written("when it was held and who was there, what was said, and what was not considered."),
    }
    if sort == "service-review" and reports:
        data["report"] = reports[0]
    path = f"{FOLDER}/{kind.folder}/{data['id']}{SUFFIX}"
    return Draft(data["id"], path, data, record_text(path, kind, data))


def _management(back: Retrospect, last: Record | None) -> list[tuple[str, Input]]:
    """The inputs of a management review, by topic."""
    return [
        ("previous-actions", system.previous_actions(back, last)),
        ("context-changes", system.context_changes(back)),
        ("nonconformities", system.nonconformities(back)),
        ("measurement-results", performance.measurement_results(back)),
        ("audit-results", system.audit_results(back)),
        ("improvement-opportunities", performance.improvement_opportunities(back)),
        ("improvement-results", performance.improvement_results(back)),
        ("feedback", performance.feedback(back)),
        ("policy", system.policy(back)),
        ("objectives", system.objectives(back)),
        ("service-performance", performance.service_performance(back)),
        ("workload", performance.workloads(back)),
        ("other-parties", performance.other_parties(back)),
        ("resources", system.resources(back)),
        ("risks", system.risks(back)),
        ("changes-affecting-sms", system.changes_affecting_sms(back)),
    ]


def _of_services(back: Retrospect, last: Record | None, services: list[str]) -> list[tuple[str, Input]]:
    """The inputs of a review of the services with those who use them, by topic."""
    return [
        ("previous-actions", system.previous_actions(back, last)),
        ("service-performance", performance.service_performance(back)),
        ("incidents", performance.incidents(back, services)),
        ("workload", performance.workloads(back)),
        ("feedback", performance.feedback(back, services)),
        ("other-parties", performance.other_parties(back)),
        ("improvement-opportunities", performance.improvement_opportunities(back)),
        ("improvement-results", performance.improvement_results(back)),
    ]


def _entry(back: Retrospect, topic: str, found: Input) -> dict[str, Any]:
    """An input as the minutes have it."""
    entry: dict[str, Any] = {"topic": topic, "considered": True}
    if found.figures:
        entry["trend"] = trend(found.figures)
    entry["summary"] = "\n".join(found.said) + "\n"
    if figures := [figure for figure in found.figures if figure.value is not None]:
        entry["figures"] = [as_quoted(back, figure) for figure in figures][:100]
    if found.evidence:
        entry["evidence"] = list(dict.fromkeys(found.evidence))[:MOST_EVIDENCE]
    return entry


def _last(back: Retrospect, sort: str) -> Record | None:
    """The last review of this sort by the instant."""
    held = [
        (day, record.id, record)
        for record in back.records("review")
        if record.part.text("type") == sort and (day := record.part.day("held_on")) is not None and day <= back.today
    ]
    return max(held)[2] if held else None


def _attendance(back: Retrospect, last: Record | None) -> tuple[str, list[dict[str, Any]]]:
    """Who chairs and who comes: the roles of last time, else those of top management."""
    if last is not None:
        names = ("role", "top_management")
        attendees = [{name: entry[name] for name in names if name in entry} for entry in last.data["attendees"]]
        return last.data["chair"], attendees
    top = [record.part.text("role") for record in back.records("role") if record.part.truth("top_management")]
    roles = sorted({role for role in top if role is not None})
    if not roles:
        raise Problem("Nobody is known to chair the review: no role is of top management.", "servicebook new role.")
    return roles[0], [{"role": role, "top_management": True} for role in roles]


def _is_live(back: Retrospect, record: Record) -> bool:
    """Whether a service was live at any time of the period."""
    begun, ended = record.part.day("live_from"), record.part.day("retired_on")
    return begun is not None and begun <= back.days[1] and (ended is None or ended >= back.days[0])
